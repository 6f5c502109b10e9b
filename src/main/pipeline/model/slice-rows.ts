import { quoteName } from '../../store/database.ts'

/** Some values of some columns, listed in a temporary table that has these columns. */
export interface Slice {
  readonly columns: readonly string[]
  readonly table: string
  /** The days of each value that are in the slice; null where all are. */
  readonly days: SliceDays | null
}

/** A table of the workspace, the column that holds the day of its rows, and the temporary table of the spans of days that count. */
export interface DaySpans {
  readonly of: string
  readonly column: string
  readonly table: string
}

/** The days of a slice: of the rows of a model, and of those that it reads for them, in one table where these are the same days. The spans of one value do not overlap. */
export interface SliceDays {
  readonly own: DaySpans
  readonly inputs: readonly (DaySpans & { readonly looksBack: number })[]
}

/** The columns of a table of spans, besides those of the values. */
export const firstDay = 'assay_first_day'
export const lastDay = 'assay_last_day'

/** The condition that a row is of a value of the slice, on whatever day. */
export function inSlice({ columns, table }: Slice): string {
  const list = columns.map(quoteName).join(', ')
  return `(${list}) IN (SELECT ${list} FROM temp.${quoteName(table)})`
}

/** A slice as it cuts a relation with these columns, which may have only some of the slice's; null where it has none of them. */
export function sliceFor(slice: Slice, columns: readonly string[]): Slice | null {
  const shared = slice.columns.filter((column) => columns.includes(column))
  if (shared.length === slice.columns.length) return slice
  return shared.length === 0 ? null : { ...slice, columns: shared, days: null }
}

/** What to put behind FROM, and in a condition, for those rows of a table that are in a slice; the table must have the slice's columns. */
export function rowsInSlice(slice: Slice, table: string): { readonly from: string; readonly condition: string } {
  const spans = spansOf(slice, table)
  if (spans === null) return { from: quoteName(table), condition: inSlice(slice) }
  // As a join that begins with the spans SQLite looks each of them up in an index; as a condition it would read all days of the value.
  const renamed = slice.columns.map((column, index) => `${quoteName(column)} AS assay_value_${index}`)
  const equal = slice.columns.map((column, index) => `${quoteName(column)} = assay_value_${index}`)
  return {
    from: `(SELECT ${renamed.join(', ')}, ${firstDay}, ${lastDay} FROM temp.${quoteName(spans.table)}) CROSS JOIN ${quoteName(table)}`,
    condition: `${equal.join(' AND ')} AND ${quoteName(spans.column)} BETWEEN ${firstDay} AND ${lastDay}`,
  }
}

function spansOf({ days }: Slice, table: string): DaySpans | null {
  if (days === null) return null
  return [days.own, ...days.inputs].find(({ of }) => of === table) ?? null
}

/** Takes from the rows of a SELECT, made of what a slice's rows are made of, those of days outside; rows of other values stay, to be told. */
export function cutToDays(select: string, slice: Slice): string {
  if (slice.days === null) return select
  const { own } = slice.days
  const equal = slice.columns.map((column) => `s.${quoteName(column)} = b.${quoteName(column)}`).join(' AND ')
  const isInside = `EXISTS (SELECT 1 FROM temp.${quoteName(own.table)} AS s WHERE ${equal} AND b.${quoteName(own.column)} BETWEEN s.${firstDay} AND s.${lastDay})`
  return `SELECT * FROM (\n${select}\n) AS b WHERE (${inSlice(slice)} AND NOT ${isInside}) IS NOT TRUE`
}

/** The temporary tables that SQL for a slice reads. */
export function tablesOf({ table, days }: Slice): readonly string[] {
  return [...new Set([table, ...(days?.inputs ?? []).map((spans) => spans.table)])]
}
