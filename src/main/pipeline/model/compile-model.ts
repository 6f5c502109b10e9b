import { quoteName } from '../../store/database.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { stagedTableOf } from '../staging/staged-table.ts'
import { variable } from '../project/load-models.ts'
import type { Model, Project } from '../project/project.ts'
import { renderSql } from '../project/render-sql.ts'
import { inSlice, rowsInSlice, sliceFor, tablesOf, type Slice } from './slice-rows.ts'

/** The state of the data that SQL is compiled for: which row versions count, and the day that counts as today. */
export interface DataState {
  /** A condition on `from_run` and `to_run`, or several that exclude each other. */
  readonly condition: string | readonly string[]
  readonly asOf: number
  /** Only the rows of these values, in every relation by those of the columns that it has. Right for models that are partitioned by them. */
  readonly slice?: Slice
  /** Rows that count as they were after an earlier run. */
  readonly held?: HeldRows
}

/** The rows that a run holds back: those of some values of a column, listed in `assay_run_blocked`; readers see them as earlier runs left them. */
export interface HeldRows {
  readonly runId: number
  readonly column: string
  /** The runs whose rows are seen instead. */
  readonly sinceRuns: readonly number[]
  /** Models whose rows hang on several values: the run built them again without the rows that it holds, so readers see them as it left them. */
  readonly mixed: ReadonlySet<string>
}

/** Where the values of held rows are listed. */
export const heldTable = 'assay_run_blocked'

/** The conditions, which exclude each other, that a row of a table is in a state of the data. */
export function conditionsOf(
  { condition, held }: Pick<DataState, 'condition' | 'held'>,
  table: string,
  columns: readonly string[],
): readonly string[] {
  const conditions = typeof condition === 'string' ? [condition] : condition
  if (held === undefined || !columns.includes(held.column) || held.mixed.has(table)) return conditions
  const column = quoteName(held.column)
  const values = `SELECT value FROM ${heldTable} WHERE run_id = ${held.runId}`
  return [
    ...conditions.map((others) => `${others} AND (${column} IN (${values})) IS NOT TRUE`),
    ...held.sinceRuns.map((run) => `${isSeenBy(run)} AND ${column} IN (${values} AND since_run = ${run})`),
  ]
}

/** Compiles models of a project for one state of the data; what they read becomes subqueries over the row versions of that state. */
export interface ModelCompiler {
  /** The SELECT behind a model, as its author wrote it, with templates rendered. */
  select(model: Model): string
  /** A relation to put behind FROM: a model's rows, or an enrichment's. */
  relation(name: string): string
  /** The tables of the workspace that the model reads, views looked through. */
  tablesRead(model: Model): ReadonlySet<string>
  /** A compiler for the same day: for other row versions, for a slice of the rows, with held rows. */
  narrowed(change: Partial<Pick<DataState, 'condition' | 'slice' | 'held'>>): ModelCompiler
  /** SQL of the project that is no model, such as a check's expression; `path` is its file. */
  render(sql: string, path: string): string
  /** The day that counts as today, in days. */
  readonly asOf: number
}

/** The columns of an enrichment's table. */
export function enrichmentColumns(enrichment: { key: string; fields: readonly string[] }): readonly string[] {
  return [enrichment.key, ...enrichment.fields, 'enrichment_status']
}

const findingColumns = [
  'row_id',
  'source',
  'field',
  'rule',
  'severity',
  'message',
  'raw_value',
  'is_quarantined',
  'arrival',
  'position',
]

/** The table behind a name that a model gives to source(), and the columns that the model sees of it. */
export function sourceTable(
  project: Project,
  group: string,
  name: string,
): { readonly table: string; readonly columns: readonly string[] } | null {
  if (group === 'assay') return { table: 'assay_finding', columns: findingColumns }
  const contract = project.contracts.get(name)
  if (contract === undefined) return null
  const staged = stagedTableOf(contract)
  const own = ['row_id', ...(staged.hasStagedKey ? ['staged_key'] : [])]
  return { table: staged.table.name, columns: [...contract.staged.map((column) => column.name), ...own] }
}

/** Whether a model's rows of some values of these columns hang only on rows of these values: it is partitioned by them, maybe by more. */
function isSlicedBy(model: Model, columns: readonly string[]): boolean {
  return columns.length > 0 && columns.every((column) => model.partitionBy.includes(column))
}

/** A compiler for the state `state` of the project's data. */
export function createModelCompiler(project: Project, state: DataState): ModelCompiler {
  const compiled = new Map<string, string>()
  const { slice, ...wholeState } = state
  const whole = slice === undefined ? null : createModelCompiler(project, wholeState)
  // The days are those of the rows that one model reads by itself; what a view reads has others.
  const ofAllDays = slice?.days ? createModelCompiler(project, { ...state, slice: { ...slice, days: null } }) : null

  function rowsOf(table: string, columns: readonly string[], shown = columns.map(quoteName)): string {
    const slicedBy = slice === undefined ? null : sliceFor(slice, columns)
    const cut = slicedBy === null ? { from: quoteName(table), condition: 'true' } : rowsInSlice(slicedBy, table)
    const selects = conditionsOf(state, table, columns).map(
      (condition) =>
        `SELECT ${shown.join(', ')} FROM ${cut.from} WHERE ${condition}${slicedBy === null ? '' : ` AND ${cut.condition}`}`,
    )
    return `(${selects.join(' UNION ALL ')})`
  }

  function source(group: string, name: string): string {
    const known = sourceTable(project, group, name)
    if (known === null) return quoteName(name)
    const { table, columns } = known
    if (group === 'assay') return rowsOf(table, columns)
    // Rows staged by a program that knew no waivers hold null.
    const derived = ['coalesce(is_waived, 0) AS is_waived', 'from_run AS loaded_run_id']
    return rowsOf(table, columns, [...columns.map(quoteName), ...derived])
  }

  function relation(name: string): string {
    const enrichment = project.enrichments.get(name)
    if (enrichment !== undefined) return rowsOf(name, enrichmentColumns(enrichment))
    const model = project.models.get(name)
    if (model === undefined) return quoteName(name)
    const columns = model.columns.map((column) => column.name)
    if (model.materialized === 'table') return rowsOf(name, columns)
    if (ofAllDays !== null) return ofAllDays.relation(name)
    if (slice === undefined || whole === null || isSlicedBy(model, slice.columns)) return `(\n${select(model)}\n)`
    const slicedBy = sliceFor(slice, columns)
    if (slicedBy === null) return whole.relation(name)
    if (isSlicedBy(model, slicedBy.columns)) return narrowed({ slice: slicedBy }).relation(name)
    // A view of other parts: which rows it reads for a value of these columns is not known, so its own rows are narrowed.
    return `(SELECT * FROM ${whole.relation(name)} WHERE ${inSlice(slicedBy)})`
  }

  function select(model: Model): string {
    const known = compiled.get(model.name)
    if (known !== undefined) return known
    const sql = rendered(model.sql, model.path, (name) =>
      model.looksUp.includes(name) ? (whole?.relation(name) ?? relation(name)) : relation(name),
    )
    compiled.set(model.name, sql)
    return sql
  }

  function rendered(sql: string, path: string, ref: (name: string) => string): string {
    const vars = { ...project.config.vars, as_of: state.asOf }
    return renderSql(sql, project.macros, path, { ref, source, var: (name) => variable(name, vars, path) })
  }

  function tablesRead(model: Model): ReadonlySet<string> {
    const tables = new Set<string>()
    for (const name of model.readsSources) {
      const [group = '', feed = ''] = name.split('.')
      tables.add(sourceTable(project, group, feed)?.table ?? 'assay_finding')
    }
    for (const name of model.readsModels) {
      const read = project.models.get(name)
      if (read?.materialized === 'view') for (const table of tablesRead(read)) tables.add(table)
      else tables.add(name)
    }
    if (slice !== undefined) for (const table of tablesOf(slice)) tables.add(`temp.${table}`)
    if (state.held !== undefined) tables.add(heldTable)
    return tables
  }

  const narrowed: ModelCompiler['narrowed'] = (change) => createModelCompiler(project, { ...state, ...change })

  return {
    select,
    relation,
    tablesRead,
    narrowed,
    render: (sql, path) => rendered(sql, path, relation),
    asOf: state.asOf,
  }
}
