import type { Connection } from '../../store/database.ts'
import { quoteName } from '../../store/database.ts'
import type { CompanyMeasures } from './column-metric.ts'
import type { MeteredColumn, MeasuredRelation } from './measure-relation.ts'

/** A table whose rows are measured already. */
export interface MeasuredTable {
  readonly table: string
  readonly key: readonly string[]
  /** Read when it is needed. */
  measured(): MeasuredRelation
}

export interface ReusedColumns {
  readonly measured: MeasuredRelation
  /** By column of the view, the column of the table that it shows. */
  readonly origins: ReadonlyMap<string, string>
}

/**
 * The columns of a view that just show columns of one measured table, row for row: those of a view with as many rows, each named by the
 * table's key. They need not be measured again. Null where there are none.
 */
export function findReused(
  connection: Connection,
  view: {
    readonly sql: string
    readonly columns: readonly MeteredColumn[]
    readonly grain: readonly string[]
    readonly rows: number
  },
  tables: ReadonlyMap<string, MeasuredTable>,
): ReusedColumns | null {
  const list = view.columns.map(({ name }) => quoteName(name)).join(', ')
  const shown = connection.prepare(`SELECT ${list} FROM ${view.sql}`).columns()
  const originOf = new Map(shown.map(({ name, table, column }) => [name, { table, column }]))
  const from = tables.get(originOf.get(view.grain[0] ?? '')?.table ?? '')
  const measured = from?.measured()
  if (from === undefined || measured?.rows !== view.rows) return null
  const isOfTable = ({ name }: MeteredColumn) => originOf.get(name)?.table === from.table
  const origins = new Map(view.columns.filter(isOfTable).map(({ name }) => [name, originOf.get(name)?.column ?? '']))
  const key = new Set(view.grain.map((column) => origins.get(column)))
  const isKey = key.size === from.key.length && from.key.every((column) => key.has(column))
  return isKey ? { measured, origins } : null
}

/** Puts together the metrics of all columns of a view, of which some were reused and the others, with the company, measured. */
export function joinReused(
  columns: readonly MeteredColumn[],
  { measured: ofTable, origins }: ReusedColumns,
  rest: MeasuredRelation,
): MeasuredRelation {
  const tableColumns = ofTable.columns.map(({ metric }) => metric.column)
  const scanned = rest.columns.map(({ metric }) => metric.column)
  const places = columns.map(({ name }) => {
    const origin = origins.get(name)
    const at = origin === undefined ? -1 : tableColumns.indexOf(origin)
    return at < 0 ? { isReused: false, at: scanned.indexOf(name) } : { isReused: true, at }
  })
  const companies = new Map<string, CompanyMeasures>()
  for (const [company, measures] of rest.companies) {
    const known = ofTable.companies.get(company)
    const pairs = places.map(
      ({ isReused, at }) => (isReused ? known : measures)?.slice(1 + 2 * at, 3 + 2 * at) ?? [0, 0],
    )
    companies.set(company, [measures[0] ?? 0, ...pairs.flat()])
  }
  return {
    rows: rest.rows,
    columns: places.flatMap(({ isReused, at }, index) => {
      const measured = (isReused ? ofTable : rest).columns[at]
      const name = columns[index]?.name ?? ''
      return measured === undefined ? [] : [{ ...measured, metric: { ...measured.metric, column: name } }]
    }),
    companies,
  }
}
