/** A guard that learns from history says nothing before it has so many good runs to go by. */
export const leastHistory = 8

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
  // 1.4826 x the median deviation estimates a standard deviation.
  const spread = 1.4826 * median(history.map((value) => Math.abs(value - middle)))
  return { middle, high: Math.max(3 * middle, middle + 6 * spread, middle + slack) }
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2
}
