import { enoughHistory } from './least-history.ts'
import { robustDeviation } from './robust.ts'

/** In deviations: of fifteen thousand normal values in one case of six one lies further out. */
const quantile = 4.4
/** Nothing further out than so many deviations tells how much a metric varies. */
const farOut = 6
/** At most one point in so many is an outlier: what comes more often is usual. */
const mostOutliers = 10
/** A tail that reaches so far may reach so many times further; normal values seldom make the band wider by it. */
const tail = 1.7
/** In a history too short to know a weekend, all that was seen may come again. */
const youngTail = 1.5
/** The mean deviation of a normal metric is such a part of its standard deviation; by chance it is off by up to `normalityError` / root of the count. */
const normality = Math.sqrt(2 / Math.PI)
const normalityError = 0.4
const mostHeaviness = 2

/** How far points lay from what was expected of them, and how surely that is known. */
export interface Spread {
  readonly deviations: readonly number[]
  /** How many times wider than the deviations a new point varies. */
  readonly caution: number
  /** Whether the history is too short to tell an outlier from a weekend. */
  readonly isYoung: boolean
}

/** How far from its expected level a value may lie, in levels. */
export function bandWidth({ deviations, caution, isYoung }: Spread, usualDeviation: number): number {
  const count = deviations.length
  const reaches = deviations.map(Math.abs).toSorted((a, b) => a - b)
  const kept = isYoung ? reaches : withoutOutliers(reaches)
  const furthest = kept.at(-1) ?? 0
  const deviation = Math.sqrt(kept.reduce((sum, reach) => sum + reach * reach, 0) / Math.max(kept.length, 1))
  // Few points tell little: as if the missing ones had varied as most metrics do.
  const missing = Math.max(0, enoughHistory - count) / enoughHistory
  const tempered = Math.sqrt((1 - missing) * deviation ** 2 + missing * usualDeviation ** 2)
  const heaviness = heavinessOf(kept, deviation)
  return Math.max(
    studentQuantile(Math.max(count - 2, 1)) * deviation * caution * heaviness,
    quantile * tempered * caution,
    (isYoung ? youngTail : tail) * furthest * Math.sqrt(heaviness),
  )
}

/** How many times further than those of a normal metric the tails reach, by Geary's ratio (1935); 1 where chance may explain it. */
function heavinessOf(reaches: readonly number[], deviation: number): number {
  const mean = reaches.reduce((sum, reach) => sum + reach, 0) / Math.max(reaches.length, 1)
  if (mean === 0) return 1
  const excess = (normality * deviation) / mean - normalityError / Math.sqrt(reaches.length)
  return Math.min(Math.max(1, excess) ** 6, mostHeaviness)
}

function withoutOutliers(reaches: readonly number[]): readonly number[] {
  const limit = farOut * robustDeviation(reaches)
  const most = Math.max(1, Math.floor(reaches.length / mostOutliers))
  const within = reaches.filter((reach) => reach <= limit).length
  return reaches.slice(0, Math.max(within, reaches.length - most))
}

/** The quantile of Student's distribution that is as rare as the normal one (Wallace 1959, "Bounds on normal approximations to Student's"). */
function studentQuantile(freedom: number): number {
  const normal = (quantile * (8 * freedom + 3)) / (8 * freedom + 1)
  return Math.sqrt(freedom * Math.expm1(normal ** 2 / freedom))
}
