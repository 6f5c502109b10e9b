import { draw } from './draws.ts'
import { readColumn } from './read-column.ts'
import type { ColumnSpec } from './sample-schema.ts'
import { columnOf, heldColumn, type Maker, type SampleTable, type SampleWorld } from './sample-table.ts'
import { choose, weighted, weightedRecord } from './weighted.ts'

type Kind<Key extends keyof ColumnSpec> = NonNullable<ColumnSpec[Key]>

/** The number of a row of another table; null where none will do. */
export function makePick({ from, weight, sharing }: Kind<'pick'>, world: SampleWorld, table: SampleTable): Maker {
  const target = world.tables.get(from)
  if (!target) throw new Error(`there is no table ${from}`)
  if (sharing !== undefined) return pickSharing(target, sharing, columnOf(table, sharing).slot)
  if (weight === undefined) return (_row, _index, draws) => Math.floor(draw(draws) * target.rows)
  const choices = weighted(
    Array.from({ length: target.rows }, (_, index) => index),
    heldColumn(target, weight).map(Number),
  )
  return (_row, _index, draws) => choose(choices, draws)
}

function pickSharing(target: SampleTable, sharing: string, slot: number): Maker {
  const groups: number[][] = []
  heldColumn(target, sharing).forEach((shared, index) => {
    if (typeof shared === 'number') (groups[shared] ??= []).push(index)
  })
  return (row, _index, draws) => {
    const shared = row[slot]
    const group = typeof shared === 'number' ? groups[shared] : undefined
    return group?.[Math.floor(draw(draws) * group.length)] ?? null
  }
}

/** How many rows of another table pick this row, were they dealt out by weight, times a factor. */
export function makeFairShare(
  { of, weight, times }: Kind<'fair_share'>,
  world: SampleWorld,
  table: SampleTable,
): Maker {
  const { read } = readColumn(world, table, weight)
  const total = heldColumn(table, weight).reduce<number>((sum, value) => sum + Number(value), 0)
  const perWeight = (world.counts.get(of) ?? 0) / total
  const factors = weightedRecord(times)
  return (row, _index, draws) => Math.round(Number(read(row)) * perWeight * Number(choose(factors, draws)))
}
