import type { HistoryPoint } from './history-point.ts'
import { median } from './robust.ts'

/** Each point is held against so many that came before it. */
const neighbours = 3
/** Numbers of rows that differ by less tell nothing. */
const leastStep = 0.15
const leastSteps = 12
const negligible = 0.1

/**
 * The points as they would be of another number of rows: different values grow with rows, by a power that the history shows, from 0 (a few
 * values, all of which always come) to 1 (keys).
 */
export function bringToRows(points: readonly HistoryPoint[], rows: number): readonly HistoryPoint[] {
  const steps = points.flatMap((point, at) =>
    points.slice(Math.max(0, at - neighbours), at).flatMap((other) => stepBetween(other, point) ?? []),
  )
  // The more rows, the less new they bring: what counts is how it grows about here.
  const far = ({ middle }: Step) => Math.abs(Math.log(rows) - middle)
  const near = steps.toSorted((one, other) => far(one) - far(other)).slice(0, Math.max(leastSteps, steps.length / 3))
  const power = near.length < leastSteps ? 0 : Math.min(Math.max(median(near.map(({ slope }) => slope)), 0), 1)
  if (power < negligible) return points
  return points.map((point) =>
    point.rows === undefined || point.rows <= 0
      ? point
      : { ...point, value: point.value * (rows / point.rows) ** power },
  )
}

/** How values grew from one number of rows to another, and the logarithm of the number between. */
interface Step {
  readonly slope: number
  readonly middle: number
}

function stepBetween(one: HistoryPoint, other: HistoryPoint): Step | null {
  const [from, to] = [Math.log(one.rows ?? 0), Math.log(other.rows ?? 0)]
  const step = to - from
  if (!Number.isFinite(step) || Math.abs(step) < leastStep || one.value <= 0 || other.value <= 0) return null
  return { slope: Math.log(other.value / one.value) / step, middle: (from + to) / 2 }
}
