import { alignCounts, sharesOf, sumOf } from './shares.ts'

export interface JensenShannon {
  /** Between 0 (the same) and 1 (nothing in common). */
  readonly distance: number
  /** What each bin adds to the square of the distance; never negative. */
  readonly contributions: readonly number[]
}

/**
 * The square root of the Jensen-Shannon divergence to base 2 of counts by the same bins (Lin 1991, "Divergence measures based on the Shannon
 * entropy"; a metric: Endres and Schindelin 2003). Null where a side is empty.
 */
export function jensenShannonDistance(before: readonly number[], after: readonly number[]): JensenShannon | null {
  const sharesBefore = sharesOf(before)
  const sharesAfter = sharesOf(after)
  if (sharesBefore === null || sharesAfter === null) return null
  const contributions = alignCounts(sharesBefore, sharesAfter).map(([one, other]) => divergence(one, other))
  return { distance: Math.sqrt(Math.min(1, sumOf(contributions))), contributions }
}

function divergence(one: number, other: number): number {
  const middle = (one + other) / 2
  if (middle === 0) return 0
  // By the logarithm of 1 + x, so that nearly equal shares do not drown in rounding.
  const off = (one - other) / 2 / middle
  const part = (by: number) => (by <= -1 ? 0 : (1 + by) * Math.log1p(by))
  return Math.max(0, (middle / 2) * (part(off) + part(-off))) / Math.LN2
}
