import type { Connection } from '../../store/database.ts'
import { quoteName } from '../../store/database.ts'
import type { MetricValue } from './column-metric.ts'
import { createRelationMeter, type MeasuredRelation, type MeteredColumn } from './measure-relation.ts'

/** How many rows of a relation each company has; null: those without one. */
export type RowsByCompany = readonly (readonly [string | null, number])[]

/** So many rows are looked at to tell what most of all hold. */
const sampledRows = 1_000

/** Whether only truth values are to be measured, besides the company. */
function areFlags(columns: readonly MeteredColumn[], company: string | null): boolean {
  const others = columns.filter(({ name }) => name !== company)
  return others.length > 0 && others.every(({ type }) => type === 'boolean')
}

/** Rows to be measured. Plain data, which a thread can be given. */
export interface MeasuredRows {
  /** To put behind FROM. */
  readonly relation: string
  readonly columns: readonly MeteredColumn[]
  readonly company: string | null
  /** Truth values are counted faster where it is known how many rows each company has. */
  readonly rowsByCompany: RowsByCompany | null
}

/** Measures all rows of a relation. */
export function measureRows(connection: Connection, rows: MeasuredRows): MeasuredRelation {
  const { relation, columns, company, rowsByCompany } = rows
  if (rowsByCompany !== null && areFlags(columns, company)) return measureFlags(connection, rows, rowsByCompany)
  const meter = createRelationMeter(columns, company)
  meter.add(connection, relation, 1)
  return meter.take(() => ({ min: null, max: null }))
}

/**
 * Measures truth values of a relation of which the rows of each company are known: as if all rows held what most do, and then puts the
 * others right. Only these have to come: a fifth of the time where they are few.
 */
function measureFlags(
  connection: Connection,
  { relation, columns, company }: MeasuredRows,
  rowsByCompany: RowsByCompany,
): MeasuredRelation {
  const meter = createRelationMeter(columns, company)
  const companyAt = columns.findIndex(({ name }) => name === company)
  const usual: readonly (MetricValue | null)[] = columns.map(({ name }, at) =>
    at === companyAt ? null : usualValue(connection, relation, name),
  )
  const rowOf = (name: MetricValue | null) => (companyAt < 0 ? usual : usual.with(companyAt, name))
  for (const [name, rows] of rowsByCompany) if (rows > 0) meter.addRow(rowOf(name), rows)
  const isOther = columns.flatMap(({ name }, at) =>
    at === companyAt ? [] : [`${quoteName(name)} IS NOT ${usual[at]}`],
  )
  const list = columns.map(({ name }) => quoteName(name)).join(', ')
  const others = connection.prepare(`SELECT ${list} FROM ${relation} WHERE ${isOther.join(' OR ')}`).raw()
  for (const row of others.iterate() as IterableIterator<(MetricValue | null)[]>) {
    meter.addRow(rowOf(row[companyAt] ?? null), -1)
    meter.addRow(row, 1)
  }
  return meter.take(() => ({ min: null, max: null }))
}

function usualValue(connection: Connection, relation: string, column: string): number | null {
  const name = quoteName(column)
  const found = connection
    .prepare(
      `SELECT ${name} FROM (SELECT ${name} FROM ${relation} LIMIT ${sampledRows}) GROUP BY ${name} ORDER BY count(*) DESC LIMIT 1`,
    )
    .pluck()
    .get() as number | null | undefined
  return found ?? null
}
