import type { ColumnMetric } from '../metric/column-metric.ts'
import { alignDistributions, type AlignedDistributions } from './align-distributions.ts'
import { usualIndex } from './chance-shift.ts'
import { populationStabilityIndex } from './population-stability-index.ts'
import { sumOf } from './shares.ts'

/** A stability index is taken over about so many groups of equal size on the side before, as is the custom. */
const groups = 10

/**
 * How far a column's distribution moved, as population stability index beyond what is usual by chance of so many rows: over values, shapes,
 * or tenths of the side before. Days are compared both as they are and as old as they are after `days` days, to the week, and the nearest
 * counts: either is as it should be. Null where a side has no values.
 */
export function distributionShift(before: ColumnMetric, after: ColumnMetric, days: number): number | null {
  const isDay = before.type === 'date' || before.type === 'timestamp'
  const weeks = isDay ? new Set([0, Math.floor(days / 7), Math.ceil(days / 7)]) : [0]
  const shifts = [...weeks].flatMap((moved) => {
    const aligned = alignDistributions(before, after, moved)
    const grouped = aligned === null ? null : groupBins(aligned)
    const index = grouped === null ? undefined : populationStabilityIndex(grouped.before, grouped.after)?.index
    return grouped === null || index === undefined ? [] : Math.max(0, index - indexByChance(grouped))
  })
  return shifts.length === 0 ? null : Math.min(...shifts)
}

/** Neighbouring bins together, about a tenth of the side before in each; values and shapes stay as they are. */
export function groupBins(aligned: AlignedDistributions): Pick<AlignedDistributions, 'before' | 'after'> {
  if (aligned.kind !== 'bins') return aligned
  const all = aligned.before.reduce((total, rows) => total + rows, 0)
  const before: number[] = []
  const after: number[] = []
  let reached = 0
  let group = -1
  for (const [at, rows] of aligned.before.entries()) {
    const next = Math.min(groups - 1, Math.floor((reached / all) * groups))
    if (next !== group) {
      group = next
      before.push(0)
      after.push(0)
    }
    before[before.length - 1] = (before.at(-1) ?? 0) + rows
    after[after.length - 1] = (after.at(-1) ?? 0) + (aligned.after[at] ?? 0)
    reached += rows
  }
  return { before, after }
}

function indexByChance({ before, after }: Pick<AlignedDistributions, 'before' | 'after'>): number {
  const used = before.filter((rows, at) => rows > 0 || (after[at] ?? 0) > 0).length
  return usualIndex(used, sumOf(before), sumOf(after))
}
