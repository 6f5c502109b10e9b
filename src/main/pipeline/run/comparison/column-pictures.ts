import type { ColumnType } from '../../../kernel/column-type.ts'
import { jensenShannonDistance } from '../../drift/jensen-shannon-distance.ts'
import type { ColumnMetric, MetricValue } from '../../metric/column-metric.ts'
import { countShapes } from '../../drift/count-shapes.ts'
import { binText, textOf } from './column-details.ts'

/** A bar of two histograms laid over each other, or a value of two lists. */
export interface HistogramBin {
  readonly from: string
  readonly to: string | null
  readonly before: number
  readonly after: number
  /** Its part of the distance, 0 to 1. */
  readonly contribution: number
}

const mostBars = 32
const mostValues = 20

type Maybe = ColumnMetric | undefined

/** The same fixed bins for both sides, so many taken together that the picture can be read; none for text. */
export function histogramOf(type: ColumnType, before: Maybe, after: Maybe): HistogramBin[] {
  if (type === 'text' || type === 'boolean') return []
  const sides = [before, after].map((metric) => new Map(metric?.detail.bins))
  const bins = [...new Set(sides.flatMap((side) => [...side.keys()]))]
  if (bins.length === 0) return []
  const [first, last] = [Math.min(...bins), Math.max(...bins)]
  // Powers of two, so that bars of any two pictures fall together.
  let width = 1
  while (Math.floor(last / width) - Math.floor(first / width) >= mostBars) width *= 2
  const [from, to] = [Math.floor(first / width), Math.floor(last / width)]
  const bars = Array.from({ length: to - from + 1 }, (_, at) => ({ bar: from + at, before: 0, after: 0 }))
  for (const [at, side] of sides.entries())
    for (const [bin, rows] of side) {
      const bar = bars[Math.floor(bin / width) - from]
      if (bar !== undefined) bar[at === 0 ? 'before' : 'after'] += rows
    }
  return withContributions(
    bars.map(({ bar, ...rows }) => ({
      from: binText(type, bar * width),
      to: binText(type, (bar + 1) * width),
      ...rows,
    })),
  )
}

/** The most frequent values of either side, all others together; none where values are too many to be counted each, or hardly come twice. */
export function topValuesOf(type: ColumnType, before: Maybe, after: Maybe): HistogramBin[] {
  const known = [before, after].filter((metric) => metric !== undefined)
  const isDay = type === 'date' || type === 'timestamp'
  if (isDay || !known.every(({ detail }) => detail.isComplete) || known.every(isAllDifferent)) return []
  const sides = [before, after].map((metric) => new Map(metric?.detail.values))
  return listOf(sides, (value) => textOf(type, value))
}

/** Of values that hardly come twice none is frequent. */
function isAllDifferent({ distinct, rows, nulls }: ColumnMetric): boolean {
  return distinct > mostValues && distinct * 4 > rows - nulls
}

/** The shapes of texts at both sides. */
export function shapesOf(before: Maybe, after: Maybe): HistogramBin[] {
  const sides = [before, after].map(
    (metric) => new Map<MetricValue, number>(metric === undefined ? [] : countShapes(metric)),
  )
  return listOf(sides, String)
}

function listOf(
  [before = new Map(), after = new Map()]: readonly ReadonlyMap<MetricValue, number>[],
  say: (value: MetricValue) => string,
): HistogramBin[] {
  const most = [...new Set([...before.keys(), ...after.keys()])]
    .map((value) => ({ value, before: before.get(value) ?? 0, after: after.get(value) ?? 0 }))
    .toSorted((one, other) => other.before + other.after - one.before - one.after)
  const rest = most.slice(mostValues)
  const sum = (side: 'before' | 'after') => rest.reduce((total, one) => total + one[side], 0)
  const shown = most.slice(0, mostValues).map(({ value, ...rows }) => ({ from: say(value), to: null, ...rows }))
  if (rest.length > 0)
    shown.push({ from: `${rest.length} others`, to: null, before: sum('before'), after: sum('after') })
  return withContributions(shown)
}

function withContributions(bins: readonly Omit<HistogramBin, 'contribution'>[]): HistogramBin[] {
  const contributions =
    jensenShannonDistance(
      bins.map(({ before }) => before),
      bins.map(({ after }) => after),
    )?.contributions ?? []
  const all = contributions.reduce((sum, part) => sum + part, 0)
  return bins.map((bin, at) => ({ ...bin, contribution: all === 0 ? 0 : (contributions[at] ?? 0) / all }))
}
