import type { Connection } from '../../store/database.ts'
import { quoteName } from '../../store/database.ts'
import type { CompanyMeasures } from './column-metric.ts'
import type { MeteredColumn, MeasuredRelation } from './measure-relation.ts'

/** A table of which views may show columns. */
export interface ShownTable {
  readonly table: string
  readonly key: readonly string[]
}

/** By column of a view, the column of a table that it shows. */
type Origins = ReadonlyMap<string, string>

/** The metrics of a table, and which of its columns a view shows. */
export interface ReusedColumns {
  readonly measured: MeasuredRelation
  readonly origins: Origins
}

/**
 * The columns of a view that just show columns of one table, each row named by the table's key: where the view has as many rows, these
 * need not be measured again. Null where there are none.
 */
export function findReused<Table extends ShownTable>(
  connection: Connection,
  view: {
    readonly relation: string
    readonly columns: readonly MeteredColumn[]
    readonly grain: readonly string[]
  },
  tables: ReadonlyMap<string, Table>,
): { readonly from: Table; readonly origins: Origins } | null {
  const list = view.columns.map(({ name }) => quoteName(name)).join(', ')
  const shown = connection.prepare(`SELECT ${list} FROM ${view.relation}`).columns()
  const originOf = new Map(shown.map(({ name, table, column }) => [name, { table, column }]))
  const from = tables.get(originOf.get(view.grain[0] ?? '')?.table ?? '')
  if (from === undefined) return null
  const isOfTable = ({ name }: MeteredColumn) => originOf.get(name)?.table === from.table
  const origins = new Map(view.columns.filter(isOfTable).map(({ name }) => [name, originOf.get(name)?.column ?? '']))
  const key = new Set(view.grain.map((column) => origins.get(column)))
  const isKey = key.size === from.key.length && from.key.every((column) => key.has(column))
  return isKey ? { from, origins } : null
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
