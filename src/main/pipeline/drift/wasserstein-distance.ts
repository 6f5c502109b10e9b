import { alignCounts, sumOf } from './shares.ts'

export interface Wasserstein {
  /** How far a row has moved on average, in the unit of the positions. */
  readonly distance: number
  /** The mean after less the mean before: as large as the distance where all moved in one direction. */
  readonly shift: number
  /** The distance in standard deviations of the side before, an effect size; null where that side has no spread to compare with. */
  readonly effect: number | null
}

/**
 * The first Wasserstein distance of counts at positions in any order: the area between both distribution functions (Vallender 1974; Ramdas,
 * Garcia Trillos and Cuturi 2017, "On Wasserstein two-sample testing", eq. 10). Null where a side is empty.
 */
export function wassersteinDistance(
  positions: readonly number[],
  before: readonly number[],
  after: readonly number[],
): Wasserstein | null {
  const [totalBefore, totalAfter] = [sumOf(before), sumOf(after)]
  if (totalBefore <= 0 || totalAfter <= 0) return null
  const places = alignCounts(before, after)
    .map(([one, other], index) => ({ at: positions[index] ?? 0, one, other }))
    .filter(({ one, other }) => one > 0 || other > 0)
    .toSorted((a, b) => a.at - b.at)
  let [distance, shift, reachedBefore, reachedAfter] = [0, 0, 0, 0]
  for (const [index, { at, one, other }] of places.entries()) {
    reachedBefore += one
    reachedAfter += other
    const gap = reachedBefore / totalBefore - reachedAfter / totalAfter
    const width = (places[index + 1]?.at ?? at) - at
    distance += Math.abs(gap) * width
    shift += gap * width
  }
  const deviation = deviationOf(places, totalBefore)
  const effect = deviation > 0 ? distance / deviation : null
  return { distance, shift, effect: distance === 0 ? 0 : effect }
}

function deviationOf(places: readonly { readonly at: number; readonly one: number }[], total: number): number {
  const mean = sumOf(places.map(({ at, one }) => at * (one / total)))
  return Math.sqrt(sumOf(places.map(({ at, one }) => (at - mean) ** 2 * (one / total))))
}
