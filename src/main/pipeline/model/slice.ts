import { quoteName, type Connection } from '../../store/database.ts'
import type { Model, Project } from '../project/project.ts'
import { sourceTable } from './compile-model.ts'
import { mergeSpans, readSpans, writeSpans } from './merge-spans.ts'
import { firstDay, lastDay, tablesOf, type Slice, type SliceDays } from './slice-rows.ts'

/** Days before and after all others, between which every day lies; far enough from the ends of integers to be counted on from. */
const allDays = { first: -1_000_000_000_000_000, last: 1_000_000_000_000_000 }

/** Where the days of changed rows stand, and for how many days after them rows hang on them. */
export interface DayReach {
  readonly column: string
  readonly looksBack: number
}

/** An empty slice of a model's rows, of the columns it is partitioned by; lasts as long as the connection, or until it is opened anew. */
export function openSlice(connection: Connection, project: Project, model: Model): Slice {
  const table = `affected_${model.name}`
  const slice = { columns: model.partitionBy, table, days: daysOf(project, model, table) }
  makeTables(connection, model, slice)
  return slice
}

/** An empty slice of a model's rows of only some of the columns it is partitioned by; lasts until the next one is opened, of any model. */
export function openAgreed(connection: Connection, model: Model, columns: readonly string[]): Slice {
  const slice = { columns, table: 'assay_agreed', days: null }
  makeTables(connection, model, slice)
  return slice
}

function makeTables(connection: Connection, model: Model, { columns, table, days }: Slice): void {
  const types = new Map(model.columns.map((column) => [column.name, column.type === 'text' ? 'TEXT' : 'INTEGER']))
  const spans = days === null ? [] : [firstDay, lastDay]
  const declared = [
    ...columns.map((column) => `${quoteName(column)} ${types.get(column) ?? 'TEXT'}`),
    ...spans.map((column) => `${column} INTEGER`),
    `UNIQUE (${[...columns.map(quoteName), ...spans.slice(0, 1)].join(', ')})`,
  ]
  for (const name of tablesOf({ columns, table, days })) {
    connection.exec(`DROP TABLE IF EXISTS temp.${quoteName(name)}`)
    connection.exec(`CREATE TABLE temp.${quoteName(name)} (${declared.join(', ')})`)
  }
}

/** A slice cut into shares of about as many values each, in the order of the values; they last as long as the slice. */
export function divideSlice(connection: Connection, model: Model, slice: Slice, shares: number): readonly Slice[] {
  const list = slice.columns.map(quoteName).join(', ')
  const values = `SELECT DISTINCT ${list} FROM temp.${quoteName(slice.table)}`
  connection.exec(`
    DROP TABLE IF EXISTS temp.assay_divided;
    CREATE TABLE temp.assay_divided AS SELECT ${list}, ntile(${shares}) OVER (ORDER BY ${list}) AS assay_share FROM (${values})`)
  return Array.from({ length: shares }, (_, index) => {
    const tableOf = (table: string) => `${table}_share_${index + 1}`
    const share = {
      columns: slice.columns,
      table: tableOf(slice.table),
      days: slice.days && {
        own: { ...slice.days.own, table: tableOf(slice.days.own.table) },
        inputs: slice.days.inputs.map((input) => ({ ...input, table: tableOf(input.table) })),
      },
    }
    makeTables(connection, model, share)
    for (const table of tablesOf(slice))
      connection.exec(`
        INSERT INTO temp.${quoteName(tableOf(table))} SELECT * FROM temp.${quoteName(table)}
        WHERE (${list}) IN (SELECT ${list} FROM temp.assay_divided WHERE assay_share = ${index + 1})`)
    return share
  })
}

function daysOf(project: Project, { name, eventDate }: Model, table: string): SliceDays | null {
  if (eventDate === null || eventDate.inputs.length === 0) return null
  const inputs = eventDate.inputs.map(({ to, column, looksBack }) => {
    const of = project.models.has(to) ? to : (sourceTable(project, 'feeds', to)?.table ?? to)
    return { of, column, looksBack, table: looksBack === 0 ? table : `${table}_from_${to}` }
  })
  return { own: { of: name, column: eventDate.column, table }, inputs }
}

/** Adds the values that a SELECT of the slice's columns gives, with all their days. */
export function addToSlice(connection: Connection, slice: Slice, select: string): void {
  const list = slice.columns.map(quoteName).join(', ')
  if (slice.days === null)
    connection.exec(`INSERT OR IGNORE INTO temp.${quoteName(slice.table)} SELECT ${list} FROM (${select})`)
  else addSpans(connection, slice, `SELECT DISTINCT ${list}, ${allDays.first}, ${allDays.last} FROM (${select})`)
}

/** Adds what hangs on the values and days that a SELECT gives of rows that are read; on rows without a day hang all days. */
export function addDaysToSlice(connection: Connection, slice: Slice, select: string, reach: DayReach): void {
  const list = slice.columns.map(quoteName).join(', ')
  const day = quoteName(reach.column)
  addSpans(
    connection,
    slice,
    `SELECT DISTINCT ${list}, coalesce(${day}, ${allDays.first}), coalesce(${day} + ${reach.looksBack}, ${allDays.last}) FROM (${select})`,
  )
}

function addSpans(connection: Connection, { table, days }: Slice, select: string): void {
  const spans = mergeSpans(readSpans(connection, `SELECT * FROM temp.${quoteName(table)} UNION ALL ${select}`))
  writeSpans(connection, table, spans)
  for (const input of days?.inputs ?? []) {
    if (input.table === table) continue
    const read = spans.map(({ values, first, last }) => ({ values, first: first - input.looksBack, last }))
    writeSpans(connection, input.table, mergeSpans(read))
  }
}

/** How many values a slice has; null where one is null, since no condition of equality finds its rows. */
export function countSlice(connection: Connection, { columns, table }: Slice): number | null {
  const list = columns.map(quoteName).join(', ')
  const isNull = columns.map((column) => `${quoteName(column)} IS NULL`).join(' OR ')
  const counted = connection
    .prepare(
      `SELECT count(*), coalesce(max(${isNull}), 0) FROM (SELECT DISTINCT ${list} FROM temp.${quoteName(table)})`,
    )
    .raw()
    .get() as [number, number]
  return counted[1] === 1 ? null : counted[0]
}
