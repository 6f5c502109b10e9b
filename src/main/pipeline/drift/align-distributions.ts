import type { ColumnMetric, MetricValue } from '../metric/column-metric.ts'
import { countShapes } from './count-shapes.ts'

/** Rows of two sides by the same bins, values or shapes. */
export interface AlignedDistributions {
  /** bins: fixed bins in their order; values: values themselves; shapes: of long or all different texts. */
  readonly kind: 'bins' | 'values' | 'shapes'
  /** The number of a bin, or a value; null for all others. */
  readonly labels: readonly (MetricValue | null)[]
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** Numbers with at most so many different values are looked at value by value. */
const fewNumbers = 30
/** Of texts the most frequent values of either side; the others count together. */
const mostLabels = 60
const leastRepeats = 2

/**
 * Brings the distributions of a column at two runs onto the same bins; null where a side has no values or they cannot be compared. `weeks`
 * is by how many the earlier days are moved on, so that events are compared by how old they are.
 */
export function alignDistributions(before: ColumnMetric, after: ColumnMetric, weeks = 0): AlignedDistributions | null {
  const isText = before.type === 'text'
  if (isText !== (after.type === 'text') || before.rows <= before.nulls || after.rows <= after.nulls) return null
  const isComplete = before.detail.isComplete && after.detail.isComplete
  if (isText) {
    if (isComplete && isRepeated(before) && isRepeated(after))
      return align('values', before.detail.values, after.detail.values)
    return align('shapes', countShapes(before), countShapes(after))
  }
  const isDay = before.type === 'date' || before.type === 'timestamp'
  const distinct = new Set([...before.detail.values, ...after.detail.values].map(([value]) => value))
  if (isComplete && !isDay && distinct.size <= fewNumbers)
    return align('values', before.detail.values, after.detail.values)
  const moved = before.detail.bins.map(([bin, rows]) => [bin + weeks, rows] as const)
  const bins = [...new Set([...moved, ...after.detail.bins].map(([bin]) => bin))].toSorted((one, other) => one - other)
  return {
    kind: 'bins',
    labels: bins,
    before: countsOf(bins, moved),
    after: countsOf(bins, after.detail.bins),
  }
}

/** Values that hardly ever come twice say nothing one by one. */
function isRepeated({ rows, nulls, distinct }: ColumnMetric): boolean {
  return rows - nulls >= leastRepeats * distinct
}

type Counts = readonly (readonly [MetricValue, number])[]

function align(kind: 'values' | 'shapes', before: Counts, after: Counts): AlignedDistributions {
  const most = new Map<MetricValue, number>()
  const [allBefore, allAfter] = [totalOf(before), totalOf(after)]
  for (const [counts, all] of [
    [before, allBefore],
    [after, allAfter],
  ] as const)
    for (const [value, rows] of counts) most.set(value, Math.max(most.get(value) ?? 0, rows / all))
  const labels = [...most]
    .toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
    .map(([value]) => value)
    .slice(0, mostLabels)
  const [shownBefore, shownAfter] = [countsOf(labels, before), countsOf(labels, after)]
  const rest = [allBefore - sum(shownBefore), allAfter - sum(shownAfter)] as const
  if (rest[0] === 0 && rest[1] === 0) return { kind, labels, before: shownBefore, after: shownAfter }
  return { kind, labels: [...labels, null], before: [...shownBefore, rest[0]], after: [...shownAfter, rest[1]] }
}

function countsOf(labels: readonly MetricValue[], counts: Counts): readonly number[] {
  const rows = new Map<MetricValue, number>(counts)
  return labels.map((label) => rows.get(label) ?? 0)
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const totalOf = (counts: Counts) => sum(counts.map(([, rows]) => rows))
