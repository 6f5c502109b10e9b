import { expectLevel } from './expect-level.ts'
import { leastHistory } from './least-history.ts'
import { median } from './robust.ts'
import type { Point } from './trend.ts'

export interface LabelledPoint extends Point {
  readonly isNewLevel: boolean
}

/** Two weeks show a new level; what comes later may be its trend. */
const mostShowing = 14

/** The points as they would be at the last level that a person confirmed: those before it are moved by what it brought. */
export function moveToNewLevels(points: readonly LabelledPoint[], leastOff: number): readonly Point[] {
  const starts = points.flatMap(({ isNewLevel }, index) => (isNewLevel && index > 0 ? [index] : []))
  let moved: readonly Point[] = points.slice(0, starts[0])
  for (const [index, start] of starts.entries()) {
    const next = points.slice(start, starts[index + 1])
    const shift = median(next.slice(0, mostShowing).map((point) => point.level - predict(moved, point.day, leastOff)))
    moved = [...moved.map((point) => ({ ...point, level: point.level + shift })), ...next]
  }
  return moved
}

function predict(points: readonly Point[], day: number, leastOff: number): number {
  if (points.length < leastHistory) return median(points.map(({ level }) => level))
  return expectLevel(points, day, leastOff).level
}
