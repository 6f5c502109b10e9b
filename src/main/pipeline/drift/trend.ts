import { weekdayOf } from './calendar.ts'
import { median } from './robust.ts'

/** What was seen on a day (since 1970-01-01), in a scale on which differences compare. */
export interface Point {
  readonly day: number
  readonly level: number
  /** Of how many rows it was taken, where it varies by that. */
  readonly rows?: number | undefined
}

/** Pairs of one weekday below which a trend would be noise. */
const leastPairs = 28

/**
 * The points as they would be on another day if their trend went on: the median of the slopes between days of one weekday, which knows no
 * weekday and no outlier (Theil 1950; Hirsch, Slack and Smith 1982 for seasons).
 */
export function bringToDay<P extends Point>(points: readonly P[], day: number): readonly P[] {
  const slope = slopeOf(points)
  return points.map((point) => ({ ...point, level: point.level + slope * (day - point.day) }))
}

function slopeOf(points: readonly Point[]): number {
  const slopes: number[] = []
  for (const group of Map.groupBy(points, (point) => weekdayOf(point.day)).values()) {
    for (const [index, one] of group.entries()) {
      for (const other of group.slice(index + 1)) {
        if (one.day !== other.day) slopes.push((other.level - one.level) / (other.day - one.day))
      }
    }
  }
  return slopes.length < leastPairs ? 0 : median(slopes)
}
