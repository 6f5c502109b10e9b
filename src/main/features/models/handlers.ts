import type { HandlersFor } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { enrichmentColumns } from '../../pipeline/model/compile-model.ts'
import { stagedTableOf } from '../../pipeline/staging/staged-table.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { quoteName } from '../../store/database.ts'
import type { EngineContext } from '../context.ts'
import { listEdges, listNodes } from './graph.ts'
import type { ModelColumn, modelsMethods } from './protocol.ts'
import { readRows } from './read-rows.ts'

interface Shown {
  readonly relation: string
  readonly columns: readonly ModelColumn[]
  readonly order: readonly string[]
}

/** Answers what is asked about sources and models and their published rows. */
export function modelsHandlers({ workbench }: EngineContext): HandlersFor<typeof modelsMethods> {
  const { project, connection } = workbench

  function shown(name: string): Shown {
    const contract = project.contracts.get(name)
    if (contract !== undefined) {
      const staged = stagedTableOf(contract)
      const columns = contract.staged.map(({ name: column, type, description }) => ({
        name: column,
        type,
        description,
        is_key: contract.key.includes(column),
      }))
      return {
        relation: `(SELECT * FROM ${quoteName(staged.table.name)} WHERE ${isSeenBy(workbench.publishedRun())})`,
        columns: [
          ...columns,
          { name: 'row_id', type: 'text', description: 'File and line the row came from.', is_key: false },
        ],
        order: staged.key,
      }
    }
    const relation = workbench.publishedCompiler().relation(name)
    const enrichment = project.enrichments.get(name)
    if (enrichment !== undefined)
      return {
        relation,
        columns: enrichmentColumns(enrichment).map((column) => ({
          name: column,
          type: 'text',
          description: '',
          is_key: column === enrichment.key,
        })),
        order: [enrichment.key],
      }
    const model = project.models.get(name)
    if (model === undefined)
      throw new AppError('NOT_FOUND', `The project has no model ${name}.`, {
        hint: `It has: ${[...project.models.keys()].join(', ')}.`,
      })
    const columns = model.columns
      .filter((column) => !column.isHidden)
      .map(({ name: column, type, description }) => ({
        name: column,
        type,
        description,
        is_key: model.grain.includes(column),
      }))
    return { relation, columns, order: model.grain }
  }

  return {
    graph: () => ({ nodes: listNodes(workbench), edges: listEdges(workbench) }),
    show({ name }) {
      const { columns } = shown(name)
      const node = listNodes(workbench).find((candidate) => candidate.name === name)
      if (node === undefined) throw new AppError('NOT_FOUND', `The project has no model ${name}.`)
      const model = project.models.get(name)
      const edges = listEdges(workbench)
      const outcome = connection.prepare('SELECT status, failures FROM assay_run_check WHERE run_id = ? AND name = ?')
      return {
        ...node,
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
              WHERE m.model = ? AND r.status = 'published' ORDER BY m.run_id DESC LIMIT 50`,
            )
            .all(name) as { run_id: number; rows: number; seconds: number; finished_at: number }[]
        ).map((run) => ({ ...run, finished_at: new Date(run.finished_at).toISOString() })),
      }
    },
    rows(input) {
      const { relation, columns, order } = shown(input.name)
      if (workbench.publishedRun() === 0) return { columns: [...columns], rows: [], total: 0 }
      return readRows(connection, relation, columns, order, input)
    },
  }
}
