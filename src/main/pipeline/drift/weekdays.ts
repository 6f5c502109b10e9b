import { weekdayOf } from './calendar.ts'
import { median, robustCentre } from './robust.ts'
import type { Point } from './trend.ts'

/** The points of each weekday that there is. */
export function groupByWeekday<P extends Point>(points: readonly P[]): ReadonlyMap<number, readonly P[]> {
  return Map.groupBy(points, (point) => weekdayOf(point.day))
}

/** Deviations from the weekday's middle, widened for that they are measured from a middle made of themselves. */
export function deviationsWithin(group: readonly Point[]): readonly number[] {
  if (group.length < 2) return []
  const middle = robustCentre(group.map(({ level }) => level))
  const factor = Math.sqrt(group.length / (group.length - 1))
  return group.map(({ level }) => (level - middle) * factor)
}

/** Whether some weekday lies off the general level by more than chance lets expect, and by more than `least`. */
export function showsWeekdays(
  groups: readonly (readonly Point[])[],
  general: number,
  deviation: number,
  least: number,
): boolean {
  return groups.some((group) => {
    const off = Math.abs(median(group.map(({ level }) => level)) - general)
    return off > Math.max(least, (4 * deviation) / Math.sqrt(group.length))
  })
}
