import { conditionsOf } from '../../pipeline/model/compile-model.ts'
import { heldStateOf } from '../../pipeline/model/held-rows.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import { candidateRunOf } from '../../pipeline/run/publish/candidates.ts'
import { isAccepted } from '../../pipeline/run/publish/published-runs.ts'
import { seenModels } from '../../pipeline/run/models/seen-rows.ts'
import { countAddedAndClosed, isSeenBy } from '../../store/versioned-table.ts'
import { quoteName } from '../../store/database.ts'
import { stagedTableOf } from '../../pipeline/staging/staged-table.ts'
import type { ModelNode } from './protocol.ts'

const worstOf = ['fail', 'warn', 'pass'] as const

/** Sources, enrichments and models of the project as nodes, with the rows of the published run and of a candidate beside it. */
export function listNodes({ project, connection, publishedRun }: Workbench): ModelNode[] {
  const run = publishedRun()
  const previousRun = Number(
    connection
      .prepare(`SELECT max(run_id) FROM assay_run WHERE ${isAccepted(run - 1)}`)
      .pluck()
      .get() ?? 0,
  )
  const statuses = connection
    .prepare('SELECT DISTINCT status FROM assay_run_check WHERE run_id = ? AND model = ?')
    .pluck()
  const recorded = connection.prepare(`SELECT rows, previous_rows FROM ${seenModels} WHERE run_id = ? AND model = ?`)
  const isTable = connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
  const count = (table: string, at: number, columns: readonly string[] = []) => {
    if (at === 0 || isTable.get(table) === undefined) return null
    const seen = conditionsOf({ condition: isSeenBy(at), ...heldStateOf(connection, project, at) }, table, columns)
    const where = seen.map((one) => `(${one})`).join(' OR ')
    return Number(
      connection
        .prepare(`SELECT count(*) FROM ${quoteName(table)} WHERE ${where}`)
        .pluck()
        .get(),
    )
  }
  const candidateRun = candidateRunOf(connection)
  const stateOf = (runId: number, model: string): ModelNode['state'] => {
    const seen = new Set(statuses.all(runId, model))
    return worstOf.find((status) => seen.has(status)) ?? 'none'
  }
  /** A source is not recorded with its rows, so that they are told by what the candidate did to its table. */
  const candidateOf = (table: string, rows: number | null, model: string | null): ModelNode['candidate'] => {
    if (candidateRun === null) return null
    const { added, closed } = countAddedAndClosed(connection, candidateRun, table)
    const record = (model === null ? undefined : recorded.get(candidateRun, model)) as { rows: number } | undefined
    const rowsThen = record?.rows ?? (rows ?? 0) + added - closed
    return {
      run_id: candidateRun,
      rows: rowsThen,
      state: model === null ? 'none' : stateOf(candidateRun, model),
      is_changed: added + closed > 0 || rowsThen !== (rows ?? 0),
    }
  }
  const sources = [...project.contracts.values()].map((contract): ModelNode => {
    const { name: table, columns } = stagedTableOf(contract).table
    const names = columns.map((column) => column.name)
    const rows = count(table, run, names)
    return {
      name: contract.name,
      layer: 'source',
      description: contract.description,
      rows,
      previous_rows: count(table, previousRun, names),
      state: 'none',
      candidate: candidateOf(table, rows, null),
    }
  })
  const enrichments = [...project.enrichments.values()].map(({ name, description }): ModelNode => {
    const rows = count(name, run)
    return {
      name,
      layer: 'intermediate',
      description,
      rows,
      previous_rows: count(name, previousRun),
      state: 'none',
      candidate: candidateOf(name, rows, null),
    }
  })
  const models = [...project.models.values()].map((model): ModelNode => {
    const record = recorded.get(run, model.name) as { rows: number; previous_rows: number | null } | undefined
    return {
      name: model.name,
      layer: model.layer,
      description: model.description,
      rows: record?.rows ?? null,
      previous_rows: record?.previous_rows ?? null,
      state: stateOf(run, model.name),
      candidate: candidateOf(model.name, record?.rows ?? null, model.name),
    }
  })
  return [...sources, ...enrichments, ...models]
}

/** Who reads whom. */
export function listEdges({ project }: Workbench): { from: string; to: string }[] {
  const reads = [...project.models.values()].flatMap((model) => [
    ...model.readsSources
      .filter((name) => name.startsWith('feeds.'))
      .map((name) => ({ from: name.slice('feeds.'.length), to: model.name })),
    ...model.readsModels.map((name) => ({ from: name, to: model.name })),
  ])
  return [...reads, ...[...project.enrichments.values()].map(({ name, keys }) => ({ from: keys.model, to: name }))]
}
