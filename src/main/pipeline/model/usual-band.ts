import { leastHistory } from '../drift/least-history.ts'
import { median, robustDeviation } from '../drift/robust.ts'

export interface UsualBand {
  readonly middle: number
  readonly high: number
}

/**
 * What is usual by history: the median, and the most that is still usual. Robust: a few odd runs among many move neither. `slack` is a
 * difference that never matters. Null where there is too little history.
 */
export function usualBand(history: readonly number[], slack: number): UsualBand | null {
  if (history.length < leastHistory) return null
  const middle = median(history)
  const spread = robustDeviation(history.map((value) => value - middle))
  return { middle, high: Math.max(3 * middle, middle + 6 * spread, middle + slack) }
}
