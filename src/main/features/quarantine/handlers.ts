import type { HandlersFor } from '#protocol/method'
import { writeWhenFree } from '../../store/write-when-free.ts'
import type { EngineContext } from '../context.ts'
import { adoptRule } from './adopt-rule.ts'
import { correctRows } from './correct-rows.ts'
import { countFacets } from './count-facets.ts'
import { countWaiting } from './count-waiting.ts'
import { openDesk } from './desk.ts'
import { compileCellEdit } from './edit-cells.ts'
import { findClusters } from './find-clusters.ts'
import { requireTarget } from './find-target.ts'
import { createKnownValues } from './known-values.ts'
import { listCorrections, listOperations } from './list-operations.ts'
import { listQuarantine } from './list-rows.ts'
import { createRejudge, previewEdit } from './preview-edit.ts'
import type { QuarantineFilter, quarantineMethods } from './protocol.ts'
import { listOffers, previewRule } from './repair-rules.ts'
import { receiveMended } from './receive-mended.ts'
import { readEffect } from './replay-effect.ts'
import { resolveConflict } from './resolve-conflict.ts'
import { sendBack } from './send-back.ts'
import { judgedForPerson, readRecord, showRow } from './show-row.ts'
import { createSuggester } from './suggest-for-record.ts'
import { undo } from './undo.ts'
import { discardRows, waiveRows } from './waive-rows.ts'

/** Answers what is asked about rows held back, and keeps what people decide about them. */
export function quarantineHandlers(context: EngineContext): HandlersFor<typeof quarantineMethods> {
  const { workbench, jobs, announce } = context
  const { connection, project } = workbench
  const desk = openDesk(workbench)
  const filesPlace = { workspaceFolder: workbench.workspaceFolder, maxRecordBytes: project.config.max_record_bytes }
  const suggest = createSuggester(desk, createKnownValues(desk))
  const changed = async <Result>(reason: string, change: Promise<Result>): Promise<Result> => {
    const result = await change
    announce(reason)
    return result
  }

  return {
    list: ({ filter, ...page }) => listQuarantine(connection, filter, page, workbench.publishedRun()),
    facets({ filter }) {
      const counts = countFacets(connection, filter, workbench.publishedRun())
      const inView = filter.source?.length ? filter.source : counts.source.map(({ value }) => value)
      const columns = [...project.contracts.values()]
        .filter((contract) => inView.includes(contract.name))
        .flatMap((contract) => contract.fields.map((field) => field.name))
      return { ...counts, columns: [...new Set(columns)] }
    },
    show: ({ id }) => showRow(desk, id, suggest),
    check({ id, cells }) {
      const record = readRecord(desk, id)
      const judged = desk.judges('in force', record)(record)
      const changes = compileCellEdit(desk, { kind: 'cells', cells }, suggest)(record, judged)
      return judgedForPerson(desk, record, createRejudge(desk)(record, judged, changes))
    },
    preview: ({ target, edit }) => previewEdit(desk, target, compileCellEdit(desk, edit, suggest)),
    correct: ({ target, edit, reason }) =>
      changed('rows corrected', correctRows(desk, target, edit, compileCellEdit(desk, edit, suggest), reason)),
    waive: ({ target, ...terms }) => changed('rows waived', waiveRows(desk, target, terms)),
    discard: ({ target, reason }) => changed('rows discarded', discardRows(desk, target, reason)),
    undo: ({ operation_id }) => changed('undone', undo(desk, operation_id ?? null)),
    operations: (page) => listOperations(connection, workbench.publishedRun(), page),
    corrections: ({ status, ...page }) => listCorrections(connection, workbench.publishedRun(), status ?? [], page),
    resolve: ({ id, keep }) => changed('conflict settled', resolveConflict(desk, id, keep)),
    waiting: () => ({
      ...countWaiting(desk, project),
      run_id: jobs.current()?.run_id ?? null,
    }),
    replay({ target, preview }) {
      const records = target === undefined ? null : requireTarget(desk, target)
      return jobs.start({
        kind: preview ? 'preview' : 'replay',
        projectFolder: project.folder,
        inputFolder: '',
        workspaceFolder: workbench.workspaceFolder,
        asOf: null,
        exportFolder: null,
        startedBy: desk.who,
        records,
      })
    },
    effect: ({ run_id: runId, limit }) => readEffect(connection, project, runId, limit),
    clusters: ({ filter, field, method, radius }) => findClusters(desk, filter, field, method, radius),
    rules: () => ({ offers: listOffers(desk) }),
    previewRule: (rule) => previewRule(desk, project, rule),
    adoptRule(rule) {
      const written = adoptRule(desk, project, rule)
      announce('a repair rule was adopted')
      return written
    },
    sendBack: (request) => sendBack(desk, filesPlace, request),
    async receive(request) {
      const received = await receiveMended(desk, filesPlace, request)
      if (received.operation_id !== null) announce('a mended file was taken')
      return received
    },
    views: () =>
      (
        connection.prepare('SELECT name, filter FROM assay_view ORDER BY name').all() as {
          name: string
          filter: string
        }[]
      ).map(({ name, filter }) => ({ name, filter: JSON.parse(filter) as QuarantineFilter })),
    saveView: ({ name, filter }) =>
      changed(
        'a view was saved',
        write('INSERT OR REPLACE INTO assay_view VALUES (?, ?)', name, JSON.stringify(filter)),
      ),
    removeView: ({ name }) => changed('a view was removed', write('DELETE FROM assay_view WHERE name = ?', name)),
  }

  async function write(sql: string, ...values: string[]): Promise<null> {
    await writeWhenFree(connection, () => connection.prepare(sql).run(...values))
    return null
  }
}
