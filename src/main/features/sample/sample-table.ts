import { beginDraws, mix, newDraws, type Draws } from './draws.ts'
import type { SampleSpec } from './sample-schema.ts'
import type { Value, ValueType } from './value-type.ts'

/** Makes the value of a column for a row whose columns before it are made already. */
export type Maker = (row: readonly Value[], index: number, draws: Draws) => Value

export interface SampleColumn {
  readonly name: string
  readonly type: ValueType
  /** Its place in a row. */
  readonly slot: number
  readonly salt: number
  /** Whether chance has a part in it. */
  readonly isDrawn: boolean
  readonly make: Maker
}

/** A table of which any row can be made at any time, alone, and always the same. */
export interface SampleTable {
  readonly name: string
  readonly rows: number
  readonly salt: number
  readonly columns: SampleColumn[]
  /** Columns that were asked for whole, by name. */
  readonly held: Map<string, readonly Value[]>
}

/** Everything that is known before the first row is written. */
export interface SampleWorld {
  readonly spec: SampleSpec
  readonly seed: number
  readonly tables: ReadonlyMap<string, SampleTable>
  /** How many rows each table has, also those that are not compiled yet. */
  readonly counts: ReadonlyMap<string, number>
}

/** What stands for a row in the draws of its cells. */
export function rowKey(table: SampleTable, index: number): number {
  return mix(table.salt ^ mix(index))
}

/** Makes the row of this number. */
export function fillRow(table: SampleTable, row: Value[], index: number, draws: Draws): void {
  remakeColumns(table.columns, row, index, rowKey(table, index), draws)
}

/** Makes some columns of a row, by the draws that belong to `key`. */
export function remakeColumns(
  columns: readonly SampleColumn[],
  row: Value[],
  index: number,
  key: number,
  draws: Draws,
): void {
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at]!
    if (column.isDrawn) beginDraws(draws, key, column.salt)
    row[column.slot] = column.make(row, index, draws)
  }
}

/** The column of this name. */
export function columnOf(table: SampleTable, name: string): SampleColumn {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (!column) throw new Error(`${table.name} has no column ${name}`)
  return column
}

/** All values of a column of a table of bounded size; they stay in memory. */
export function heldColumn(table: SampleTable, name: string): readonly Value[] {
  const known = table.held.get(name)
  if (known) return known
  const { slot } = columnOf(table, name)
  // A column is made of those before it alone.
  const needed = table.columns.slice(0, slot + 1)
  const draws = newDraws()
  const row: Value[] = []
  const values = Array.from({ length: table.rows }, (_, index) => {
    remakeColumns(needed, row, index, rowKey(table, index), draws)
    return row[slot] ?? null
  })
  table.held.set(name, values)
  return values
}
