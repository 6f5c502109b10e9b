import { bandWidth } from './band-width.ts'
import { expectLevel, type Seasonality } from './expect-level.ts'
import { usablePoints, type HistoryPoint } from './history-point.ts'
import { leastHistory } from './least-history.ts'
import { spreadByRows } from './spread-by-rows.ts'
import { moveToNewLevels } from './level-shifts.ts'
import { levelScale, type MetricScale } from './metric-scale.ts'

/** What a metric should be on a day. */
export interface Band {
  readonly low: number
  readonly high: number
  readonly expected: number
  /** The runs it rests on, in their order. */
  readonly runs: readonly number[]
  readonly seasonality: Seasonality
}

export interface BandOptions {
  readonly scale: MetricScale
  /** The smallest difference that matters: a part of the expected value for a ratio, else in the metric's own unit. */
  readonly floor: number
}

/** Rounding is no difference. */
const rounding = 1e-9

/**
 * What a metric should be in a run, learned from earlier runs; null where fewer than eight of them can teach. So wide that a hundred clean
 * runs of 150 metrics raise about one alarm, and that of a metric with heavy tails; what lies far outside of the rest does not widen it.
 */
export function learnBand(
  history: readonly HistoryPoint[],
  at: { readonly run: number; readonly day: number; readonly rows?: number },
  { scale, floor }: BandOptions,
): Band | null {
  const usable = usablePoints(history, at.run)
  if (usable.length < leastHistory) return null
  const levels = levelScale(
    scale,
    usable.map(({ value }) => value),
    floor,
  )
  const points = usable.map(({ day, value, label, rows }) => ({
    day,
    rows,
    level: levels.levelOf(value),
    isNewLevel: label === 'new_level',
  }))
  const leastOff = leastOffOf(levels, usable.at(-1)?.value ?? 0)
  const expectation = expectLevel(moveToNewLevels(points, leastOff), at.day, leastOff)
  const since =
    points.length -
    Math.max(
      0,
      points.findLastIndex(({ isNewLevel }) => isNewLevel),
    )
  const caution = Math.max(expectation.caution, Math.sqrt(1 + 1 / since))
  const { deviations, factor } = spreadByRows(expectation.residuals, at.rows)
  const width = factor * bandWidth({ deviations, caution, isYoung: expectation.isYoung }, levels.usualDeviation)
  const expected = levels.valueOf(expectation.level)
  const [low, high] = levels.edgesOf(expectation.level, width)
  const [otherLow, otherHigh] = levels.edgesOf(expectation.otherLevel, width)
  const least = Math.max(levels.floorAt(expected), rounding * Math.max(1, Math.abs(expected)))
  return {
    low: Math.max(levels.limits[0], Math.min(low, otherLow, expected - least)),
    high: Math.min(levels.limits[1], Math.max(high, otherHigh, expected + least)),
    expected,
    runs: usable.map(({ run }) => run),
    seasonality: expectation.seasonality,
  }
}

/** The floor in levels: a season that is off by less is none. */
function leastOffOf(levels: ReturnType<typeof levelScale>, value: number): number {
  const floor = levels.floorAt(value)
  return Math.abs(levels.levelOf(value + floor) - levels.levelOf(value))
}
