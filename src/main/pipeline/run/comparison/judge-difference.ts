import type { ColumnType } from '../../../kernel/column-type.ts'
import type { HistoryPoint } from '../../drift/history-point.ts'
import type { Band } from '../../drift/learn-band.ts'
import { directionOf as directionFrom, unusualness } from '../../drift/unusualness.ts'
import type { Layer } from '../relation/relation-shapes.ts'
import { describeDifference } from './describe-difference.ts'
import { judgeValue } from './judge-value.ts'
import type { MetricKey } from './metric-key.ts'
import { marginsOf, type MetricKind } from './metric-kinds.ts'
import type { RunLabel } from './read-labels.ts'
import type { Difference } from './shapes.ts'

export interface ComparedMetric {
  readonly key: MetricKey
  readonly kind: MetricKind
  readonly type: ColumnType
  readonly layer: Layer
  readonly before: number | null
  readonly after: number | null
  /** What the history judges, where that is not `after`: how far a distribution moved in the later run itself. */
  readonly judged?: number | null
  readonly history: readonly HistoryPoint[]
  /** Where chance alone may make so large a difference, it does not matter although it is above the floor of its kind. */
  readonly floor?: number
  readonly label: RunLabel | null
}

/** Says how a metric differs between two runs, and how unusual its value at the later one is; null where nothing differs and nothing is odd. */
export function judgeDifference(
  metric: ComparedMetric,
  at: { readonly run: number; readonly day: number; readonly rows?: number },
): Difference | null {
  const { key, kind, type, before, after, label } = metric
  if (before === null && after === null) return null
  const { noticeable } = marginsOf(kind, type)
  const scale = kind.scaleOf(type)
  const value = metric.judged === undefined ? after : metric.judged
  const { band, unusual } = judgeValue({ ...metric, metric: key.metric, value }, at)
  const isDistance = key.metric === 'distribution'
  const effect = effectOf(isDistance ? 0 : before, after, scale === 'ratio' ? 'ratio' : 'difference', noticeable)
  const isOdd = unusual !== null && unusual > 1
  if (before === after && !isOdd) return null
  const isSettled = label === 'expected' || label === 'new_level' || label === 'clean'
  const isNews = isOdd && (isDistance || key.scope !== 'state' || !wasOdd(band, before, value))
  // What was not there before, or is not now, has no size that could be large.
  const isLarge = effect >= 1 && before !== null && after !== null
  const level = isSettled ? 'usual' : isNews ? 'alarm' : band === null && isLarge ? 'notable' : 'usual'
  const difference = {
    ...key,
    layer: metric.layer,
    unit: kind.unitOf(type),
    before,
    after,
    effect,
    direction: directionOf(isDistance, before, after),
    unusual,
    level,
    band,
    label,
  } as const
  return shown({ ...difference, sentence: describeDifference(difference, type) })
}

/** Whether a state was outside of the band before, and has hardly moved since: that was told when it came about. */
function wasOdd(band: Band | null, before: number | null, after: number | null): boolean {
  if (band === null || before === null || after === null) return false
  const isSameSide = directionFrom(band, before) === directionFrom(band, after)
  const width = after > band.expected ? band.high - band.expected : band.expected - band.low
  return isSameSide && unusualness(band, before) > 1 && Math.abs(after - before) <= width
}

/** A distance is learned as its root, and shown as the index that people know. */
function shown(difference: Difference): Difference {
  if (difference.metric !== 'distribution') return difference
  const square = (value: number) => value * Math.abs(value)
  const { band, before, after } = difference
  return {
    ...difference,
    before: before === null ? null : square(before),
    after: after === null ? null : square(after),
    band: band && squaredBand(band),
  }
}

/** The band of a distance's root as that of the distance. */
export function squaredBand(band: Band): Band {
  const square = (value: number) => value * Math.abs(value)
  return { ...band, low: Math.max(0, square(band.low)), high: square(band.high), expected: square(band.expected) }
}

function directionOf(isDistance: boolean, before: number | null, after: number | null): Difference['direction'] {
  if (isDistance || before === null || after === null || before === after) return 'other'
  return after > before ? 'up' : 'down'
}

/** How many times what is noticeable a value moved. */
function effectOf(before: number | null, after: number | null, by: 'ratio' | 'difference', noticeable: number): number {
  const [one, other] = [before ?? 0, after ?? 0]
  if (one === other) return 0
  if (by === 'difference') return Math.abs(other - one) / noticeable
  if (one === 0 || other === 0) return 1 / noticeable
  // A halving weighs as much as a doubling.
  return Math.abs(Math.log(Math.abs(other / one))) / Math.log(1 + noticeable)
}
