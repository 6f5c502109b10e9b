import { columnOf, heldColumn, type SampleTable, type SampleWorld } from './sample-table.ts'
import type { Value, ValueType } from './value-type.ts'

export interface ColumnReader {
  readonly type: ValueType
  readonly read: (row: readonly Value[]) => Value
}

/** How to get at a column of a row, or at one of the row that a pick of it found: `pick.column`. */
export function readColumn(world: SampleWorld, table: SampleTable, path: string): ColumnReader {
  const [head = '', tail] = path.split('.')
  const { slot, type } = columnOf(table, head)
  if (tail === undefined) return { type, read: (row) => row[slot] ?? null }
  const { for_each: forEach, columns } = world.spec.tables[table.name] ?? {}
  const from = world.tables.get(forEach?.[head] ?? columns?.[head]?.pick?.from ?? '')
  if (!from) throw new Error(`${table.name}.${head} picks from no table`)
  const values = heldColumn(from, tail)
  return {
    type: columnOf(from, tail).type,
    read: (row) => {
      const picked = row[slot]
      return typeof picked === 'number' ? (values[picked] ?? null) : null
    },
  }
}
