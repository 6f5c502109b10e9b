import { alignCounts, sumOf } from './shares.ts'

export interface KolmogorovSmirnov {
  /** The widest gap between both distribution functions, from 0 to 1. */
  readonly statistic: number
  /** The bin at whose end the gap is widest. */
  readonly bin: number
  /** 1 where rows moved up past that bin, -1 where they moved down, 0 where none did. */
  readonly direction: -1 | 0 | 1
  /** By the limiting distribution: a note, since with many rows any difference is beyond chance. */
  readonly pValue: number
}

/**
 * The two-sample test of Kolmogorov and Smirnov on counts by ordered bins (Smirnov 1948, "Table for estimating the goodness of fit of empirical
 * distributions"), each bin being one value with ties. Null where a side is empty.
 */
export function kolmogorovSmirnov(before: readonly number[], after: readonly number[]): KolmogorovSmirnov | null {
  const [totalBefore, totalAfter] = [sumOf(before), sumOf(after)]
  if (totalBefore <= 0 || totalAfter <= 0) return null
  let [widest, bin, reachedBefore, reachedAfter] = [0, 0, 0, 0]
  for (const [index, [one, other]] of alignCounts(before, after).entries()) {
    reachedBefore += one
    reachedAfter += other
    const gap = reachedBefore / totalBefore - reachedAfter / totalAfter
    if (Math.abs(gap) <= Math.abs(widest)) continue
    widest = gap
    bin = index
  }
  const statistic = Math.abs(widest)
  const rows = totalBefore * (totalAfter / (totalBefore + totalAfter))
  const direction = widest === 0 ? 0 : widest > 0 ? 1 : -1
  return { statistic, bin, direction, pValue: kolmogorovTail(Math.sqrt(rows) * statistic) }
}

/** The probability that the limit of the scaled gap exceeds a value, by whichever of its two series converges at once (Feller 1948). */
export function kolmogorovTail(value: number): number {
  if (value <= 0) return 1
  if (value > 0.82) {
    const terms = [1, 2, 3, 4, 5, 6].map((k) => (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * value * value))
    return sumOf(terms)
  }
  const terms = [1, 3, 5, 7, 9].map((odd) => Math.exp(-((odd * Math.PI) ** 2) / (8 * value * value)))
  return 1 - (Math.sqrt(2 * Math.PI) / value) * sumOf(terms)
}
