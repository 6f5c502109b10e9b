import { AppError } from '../../kernel/app-error.ts'
import { formatCell } from '../../kernel/format-value.ts'
import type { Column } from '../../kernel/column-type.ts'
import type { Project } from '../../pipeline/project/project.ts'
import { oldestKeptRun } from '../../pipeline/run/publish/published-runs.ts'
import { stagedTableOf } from '../../pipeline/staging/staged-table.ts'
import { quoteName, type Connection } from '../../store/database.ts'
import type { ReplayEffect } from './protocol.ts'

interface Table {
  readonly name: string
  readonly table: string
  readonly layer: string
  readonly columns: readonly Column[]
  readonly key: readonly string[]
}

/** What a run did to the staged rows and the models, from the row versions that it made and closed. */
export function readEffect(connection: Connection, project: Project, runId: number, limit: number): ReplayEffect {
  const oldest = oldestKeptRun(connection)
  if (runId <= oldest)
    throw new AppError('NOT_FOUND', `The rows that run ${runId} changed are no longer kept.`, {
      hint: `Kept are those of the runs after ${oldest}; retention_runs in project.yml says how many.`,
    })
  return {
    run_id: runId,
    models: tablesOf(project).flatMap((table) => {
      const effect = effectOn(connection, table, runId, limit)
      return effect === null ? [] : [effect]
    }),
  }
}

function tablesOf(project: Project): readonly Table[] {
  const sources = [...project.contracts.values()].map((contract): Table => {
    const staged = stagedTableOf(contract)
    const columns = [...contract.staged, { name: 'row_id', type: 'text' as const }]
    return { name: contract.name, table: staged.table.name, layer: 'source', columns, key: staged.key }
  })
  const models = project.buildOrder.flatMap((name): readonly Table[] => {
    const model = project.models.get(name)
    if (model === undefined || model.materialized === 'view') return []
    const columns = model.columns.filter(({ isHidden }) => !isHidden)
    return [{ name, table: name, layer: model.layer, columns, key: model.grain }]
  })
  return [...sources, ...models]
}

function effectOn(
  connection: Connection,
  { name, table, layer, columns, key }: Table,
  runId: number,
  limit: number,
): ReplayEffect['models'][number] | null {
  const first = connection
    .prepare('SELECT first_version FROM assay_run_table WHERE run_id = ? AND table_name = ?')
    .pluck()
    .get(runId, table) as number | undefined
  if (first === undefined) return null
  const keys = key.map(quoteName)
  const target = quoteName(table)
  const born = `(SELECT * FROM ${target} WHERE version >= ${first} AND from_run = ${runId} AND (to_run IS NULL OR to_run > ${runId}))`
  const closed = `(SELECT * FROM ${target} WHERE to_run = ${runId} AND from_run < ${runId})`
  const joined = `${born} AS b FULL JOIN ${closed} AS c ON ${keys.map((column) => `b.${column} IS c.${column}`).join(' AND ')}`
  const differs = `(${columns.map((column) => `b.${quoteName(column.name)}`).join(', ')}) IS NOT (${columns.map((column) => `c.${quoteName(column.name)}`).join(', ')})`
  const change = "CASE WHEN c.version IS NULL THEN 'appeared' WHEN b.version IS NULL THEN 'vanished' ELSE 'changed' END"
  const counts = new Map(
    connection
      .prepare(`SELECT ${change} AS change, count(*) AS rows FROM ${joined} WHERE ${differs} GROUP BY 1`)
      .raw()
      .all() as [string, number][],
  )
  if (counts.size === 0) return null
  const cells = (alias: string) => columns.map((column) => `${alias}.${quoteName(column.name)}`).join(', ')
  const rows = connection
    .prepare(
      `SELECT ${change}, ${cells('c')}, ${cells('b')} FROM ${joined} WHERE ${differs}
      ORDER BY ${keys.map((column) => `coalesce(b.${column}, c.${column})`).join(', ')} LIMIT ?`,
    )
    .raw()
    .all(limit) as unknown[][]
  const shown = (values: readonly unknown[]) =>
    columns.map(({ type }, index) => formatCell(type, values[index] ?? null))
  return {
    name,
    layer,
    appeared: counts.get('appeared') ?? 0,
    vanished: counts.get('vanished') ?? 0,
    changed: counts.get('changed') ?? 0,
    columns: columns.map(({ name: column, type }) => ({ name: column, type })),
    rows: rows.map(([what, ...values]) => ({
      change: what as 'appeared' | 'vanished' | 'changed',
      before: what === 'appeared' ? null : shown(values.slice(0, columns.length)),
      after: what === 'vanished' ? null : shown(values.slice(columns.length)),
    })),
  }
}
