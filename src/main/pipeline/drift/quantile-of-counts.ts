import { sumOf } from './shares.ts'

/**
 * The least position up to which a share of all rows lies: the inverse of the empirical distribution function, definition 1 of Hyndman and Fan
 * (1996, "Sample quantiles in statistical packages"). Positions ascend, `counts` has the rows at each. Null where there are none.
 */
export function quantileOfCounts(
  positions: readonly number[],
  counts: readonly number[],
  share: number,
): number | null {
  const wanted = share * sumOf(counts)
  let reached = 0
  let last: number | null = null
  for (const [index, position] of positions.entries()) {
    const count = counts[index] ?? 0
    if (count <= 0) continue
    reached += count
    last = position
    if (reached >= wanted) return position
  }
  return last
}
