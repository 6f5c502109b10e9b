import type { ColumnType } from '../../kernel/column-type.ts'
import type { Connection } from '../../store/database.ts'
import { quoteName } from '../../store/database.ts'
import type { CompanyMeasures, MetricValue } from './column-metric.ts'
import type { Extremes, MeasuredColumn } from './column-meter.ts'
import { createColumnMeter } from './measure-column.ts'

export interface MeteredColumn {
  readonly name: string
  readonly type: ColumnType
}

/** The metrics of a relation's rows. */
export interface MeasuredRelation {
  readonly rows: number
  readonly columns: readonly MeasuredColumn[]
  /** Of each company with rows; empty where the relation has no company column. */
  readonly companies: ReadonlyMap<string, CompanyMeasures>
}

/** Measures rows as they come; companies that `start` had and whose rows all went are left with none. */
export interface RelationMeter {
  /** Adds the rows of a relation in SQL, each with a weight: 1, or -1 to take them away. */
  add(connection: Connection, relation: string, weight: 1 | -1): void
  /** Adds so many equal rows at once. */
  addRow(row: readonly (MetricValue | null)[], weight: number): void
  /** `lookUp` gives the extremes of a column whose least or greatest value was taken away. */
  take(lookUp: (column: string) => Extremes): MeasuredRelation
}

/** A meter of a relation's rows; `company` names the column by whose values they are measured apart too. */
export function createRelationMeter(
  columns: readonly MeteredColumn[],
  company: string | null,
  start?: MeasuredRelation,
): RelationMeter {
  const meters = columns.map(({ name, type }, at) => createColumnMeter(name, type, start?.columns[at]))
  const isNumber = columns.map(({ type }) => type !== 'text')
  const companyAt = columns.findIndex(({ name }) => name === company)
  const companies = new Map<string, Float64Array>()
  for (const [name, measures] of start?.companies ?? []) companies.set(name, Float64Array.from(measures))
  let rows = start?.rows ?? 0

  function addToCompany(row: readonly (MetricValue | null)[], weight: number): void {
    const name = row[companyAt]
    if (typeof name !== 'string') return
    let measures = companies.get(name)
    if (measures === undefined) {
      measures = new Float64Array(1 + 2 * columns.length)
      companies.set(name, measures)
    }
    measures[0] = (measures[0] ?? 0) + weight
    for (let at = 0; at < columns.length; at += 1) {
      const value = row[at]
      if (value === null) measures[1 + 2 * at] = (measures[1 + 2 * at] ?? 0) + weight
      else if (isNumber[at] === true) measures[2 + 2 * at] = (measures[2 + 2 * at] ?? 0) + weight * Number(value)
    }
  }

  function addRow(row: readonly (MetricValue | null)[], weight: number): void {
    rows += weight
    for (let at = 0; at < meters.length; at += 1) meters[at]?.add(row[at] ?? null, weight)
    if (companyAt >= 0) addToCompany(row, weight)
  }

  return {
    addRow,
    add(connection, relation, weight) {
      // Where nothing but the number of rows is asked for, the rows still have to come.
      const list = columns.length === 0 ? 'NULL' : columns.map(({ name }) => quoteName(name)).join(', ')
      const statement = connection.prepare(`SELECT ${list} FROM ${relation}`).raw()
      for (const row of statement.iterate() as IterableIterator<(MetricValue | null)[]>) addRow(row, weight)
    },
    take: (lookUp) => ({
      rows,
      columns: meters.map((meter, at) =>
        meter.take(meter.needsExtremes() ? lookUp(columns[at]?.name ?? '') : undefined),
      ),
      companies: new Map(
        [...companies].filter(([, measures]) => measures[0] !== 0).map(([name, measures]) => [name, [...measures]]),
      ),
    }),
  }
}
