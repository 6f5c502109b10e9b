import type { HandlersFor } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { candidateRunOf, isAccepted } from '../../pipeline/run/published-runs.ts'
import { inSnapshot } from '../../store/database.ts'
import type { EngineContext } from '../context.ts'
import { listEdges, listNodes } from './graph.ts'
import { findTouched } from './lineage/find-touched.ts'
import { showRecord } from './lineage/show-record.ts'
import { traceRow } from './lineage/trace-row.ts'
import type { modelsMethods } from './protocol.ts'
import { profileModel } from './profile/profile-model.ts'
import { readRows } from './read-rows.ts'
import { candidateState, latestState, publishedState } from '../../pipeline/run/relation/relation.ts'

/** Answers what is asked about sources and models and their published rows. */
export function modelsHandlers({ workbench }: EngineContext): HandlersFor<typeof modelsMethods> {
  const { project, connection } = workbench

  const stateOf = (state: 'published' | 'latest' | undefined) =>
    state === 'latest' ? latestState(workbench) : publishedState(workbench)

  return {
    graph: () => ({ nodes: listNodes(workbench), edges: listEdges(workbench) }),
    show({ name }) {
      const { columns } = publishedState(workbench).relationOf(name)
      const node = listNodes(workbench).find((candidate) => candidate.name === name)
      if (node === undefined) throw new AppError('NOT_FOUND', `The project has no model ${name}.`)
      const model = project.models.get(name)
      const edges = listEdges(workbench)
      const outcome = connection.prepare('SELECT status, failures FROM assay_run_check WHERE run_id = ? AND name = ?')
      return {
        ...node,
        candidate_run: candidateRunOf(connection),
        columns: [...columns],
        sql: model?.sql ?? null,
        compiled_sql: model === undefined ? null : workbench.publishedCompiler().select(model),
        checks: (model?.checks ?? []).map((check) => {
          const last = outcome.get(workbench.publishedRun(), check.name) as
            { status: 'pass' | 'warn' | 'fail'; failures: number } | undefined
          return {
            name: check.name,
            column: check.column,
            severity: check.severity,
            status: last?.status ?? null,
            failures: last?.failures ?? null,
            blocking: check.isBlocking,
          }
        }),
        depends_on: edges.filter(({ to }) => to === name).map(({ from }) => from),
        used_by: edges.filter(({ from }) => from === name).map(({ to }) => to),
        history: (
          connection
            .prepare(
              `SELECT m.run_id, m.rows, m.seconds, r.finished_at FROM assay_run_model AS m JOIN assay_run AS r USING (run_id)
              WHERE m.model = ? AND ${isAccepted(workbench.publishedRun(), 'r')} ORDER BY m.run_id DESC LIMIT 50`,
            )
            .all(name) as { run_id: number; rows: number; seconds: number; finished_at: number }[]
        ).map((run) => ({ ...run, finished_at: new Date(run.finished_at).toISOString() })),
      }
    },
    rows: (input) =>
      inSnapshot(connection, () => {
        const isPublished = input.state === 'published'
        const relation = (isPublished ? publishedState(workbench) : candidateState(workbench)).relationOf(input.name)
        if (isPublished && workbench.publishedRun() === 0)
          return { columns: [...relation.columns], rows: [], keys: [], total: 0 }
        return readRows(connection, relation, input)
      }),
    lineage: ({ name, key, state }) =>
      inSnapshot(connection, () => traceRow(workbench, name, key, { state: stateOf(state) })),
    record: ({ source, key, state }) =>
      inSnapshot(connection, () => showRecord(workbench, source, key, stateOf(state))),
    profile: ({ name, run_id: runId, keys }) =>
      inSnapshot(connection, () => profileModel(workbench, name, runId ?? null, keys)),
    touched: ({ id }) => inSnapshot(connection, () => findTouched(workbench, id)),
  }
}
