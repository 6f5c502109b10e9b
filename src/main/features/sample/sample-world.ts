import { compileColumn } from './compile-column.ts'
import { saltOf } from './draws.ts'
import type { SampleSpec, TableSpec } from './sample-schema.ts'
import type { SampleTable, SampleWorld } from './sample-table.ts'

/** Compiles the tables of a sample of so many rows. */
export function sampleWorld(spec: SampleSpec, rows: number, seed: number): SampleWorld {
  const tables = new Map<string, SampleTable>()
  const counts = new Map<string, number>()
  for (const [name, table] of Object.entries(spec.tables)) counts.set(name, countRows(table, rows, counts))
  const world: SampleWorld = { spec, seed, tables, counts }
  for (const [name, given] of Object.entries(spec.tables)) {
    const table: SampleTable = {
      name,
      rows: counts.get(name) ?? 0,
      salt: saltOf(name, seed),
      columns: [],
      held: new Map(),
    }
    tables.set(name, table)
    addEachColumns(table, given, counts)
    for (const [key, column] of Object.entries(given.columns))
      table.columns.push(compileColumn(world, table, { name: key, slot: table.columns.length, from: given }, column))
  }
  return world
}

function countRows(table: TableSpec, rows: number, counts: ReadonlyMap<string, number>): number {
  if (table.for_each)
    return Object.values(table.for_each).reduce((product, from) => product * (counts.get(from) ?? 0), 1)
  if (table.rows === undefined || table.rows === 'all') return rows
  if (typeof table.rows === 'number') return table.rows
  const { per, min, max } = table.rows
  return Math.min(Math.max(Math.ceil(rows / per), min), max)
}

/** The combinations count up like the digits of a number: the last table's rows change fastest. */
function addEachColumns(table: SampleTable, given: TableSpec, counts: ReadonlyMap<string, number>): void {
  let stride = table.rows
  for (const [name, from] of Object.entries(given.for_each ?? {})) {
    const size = counts.get(from) ?? 1
    stride /= size
    const step = stride
    table.columns.push({
      name,
      type: 'pick',
      slot: table.columns.length,
      salt: 0,
      isDrawn: false,
      make: (_row, index) => Math.floor(index / step) % size,
    })
  }
}
