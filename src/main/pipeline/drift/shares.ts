/** Counts as parts of their sum; null where there is nothing to share. */
export function sharesOf(counts: readonly number[]): readonly number[] | null {
  const total = sumOf(counts)
  return total > 0 ? counts.map((count) => count / total) : null
}

/** Two rows of counts by the same bins, the shorter one filled with zeros: a bin that one side does not know is empty there. */
export function alignCounts(
  before: readonly number[],
  after: readonly number[],
): readonly (readonly [before: number, after: number])[] {
  const length = Math.max(before.length, after.length)
  return Array.from({ length }, (_, bin) => [before[bin] ?? 0, after[bin] ?? 0] as const)
}

/** The sum of numbers. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
