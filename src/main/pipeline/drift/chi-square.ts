import { incompleteGamma } from './incomplete-gamma.ts'
import { alignCounts, sumOf } from './shares.ts'

export interface ChiSquare {
  readonly statistic: number
  readonly freedom: number
  /** A note, since with many rows any difference is beyond chance. */
  readonly pValue: number
}

/**
 * Pearson's test whether two rows of counts by categories come from one distribution (Pearson 1900; 1911 for two samples), without a
 * correction for continuity. Categories empty on both sides say nothing. Null where a side is empty or there is but one category.
 */
export function chiSquareOfHomogeneity(before: readonly number[], after: readonly number[]): ChiSquare | null {
  const [totalBefore, totalAfter] = [sumOf(before), sumOf(after)]
  const categories = alignCounts(before, after).filter(([one, other]) => one + other > 0)
  if (totalBefore <= 0 || totalAfter <= 0 || categories.length < 2) return null
  const shareBefore = totalBefore / (totalBefore + totalAfter)
  const parts = categories.map(([one, other]) => {
    const expected = (one + other) * shareBefore
    const expectedAfter = (one + other) * (1 - shareBefore)
    return (one - expected) ** 2 / expected + (other - expectedAfter) ** 2 / expectedAfter
  })
  const statistic = sumOf(parts)
  const freedom = categories.length - 1
  return { statistic, freedom, pValue: incompleteGamma(freedom / 2, statistic / 2).upper }
}
