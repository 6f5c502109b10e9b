import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import { isAccepted } from '../../pipeline/run/published-runs.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { quoteName } from '../../store/database.ts'
import { stagedTableOf } from '../../pipeline/staging/staged-table.ts'
import type { ModelNode } from './protocol.ts'

const worstOf = ['fail', 'warn', 'pass'] as const

/** Sources, enrichments and models of the project as nodes, with the rows of the published run. */
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
  const recorded = connection.prepare('SELECT rows, previous_rows FROM assay_run_model WHERE run_id = ? AND model = ?')
  const isTable = connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
  const count = (table: string, at: number) =>
    at === 0 || isTable.get(table) === undefined
      ? null
      : Number(
          connection
            .prepare(`SELECT count(*) FROM ${quoteName(table)} WHERE ${isSeenBy(at)}`)
            .pluck()
            .get(),
        )
  const sources = [...project.contracts.values()].map((contract): ModelNode => {
    const table = stagedTableOf(contract).table.name
    return {
      name: contract.name,
      layer: 'source',
      description: contract.description,
      rows: count(table, run),
      previous_rows: count(table, previousRun),
      state: 'none',
    }
  })
  const enrichments = [...project.enrichments.values()].map(({ name, description }): ModelNode => ({
    name,
    layer: 'intermediate',
    description,
    rows: count(name, run),
    previous_rows: count(name, previousRun),
    state: 'none',
  }))
  const models = [...project.models.values()].map((model): ModelNode => {
    const record = recorded.get(run, model.name) as { rows: number; previous_rows: number | null } | undefined
    const seen = new Set(statuses.all(run, model.name))
    return {
      name: model.name,
      layer: model.layer,
      description: model.description,
      rows: record?.rows ?? null,
      previous_rows: record?.previous_rows ?? null,
      state: worstOf.find((status) => seen.has(status)) ?? 'none',
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
