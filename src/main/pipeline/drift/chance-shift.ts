/** So many deviations of a normal value come by chance once in a hundred thousand cases. */
const deviations = 4.26

/**
 * How far two samples of the same distribution may lie apart by chance, as stability index beyond its average: that index is to chance a
 * chi-square (whose quantile is by Wilson and Hilferty 1931). `groups`: in how many groups of values rows are counted.
 */
export function shiftByChance(groups: number, before: number, after: number): number {
  const freedom = Math.max(groups - 1, 1)
  const spread = 2 / (9 * freedom)
  const quantile = freedom * (1 - spread + deviations * Math.sqrt(spread)) ** 3
  return (quantile - freedom) * (1 / Math.max(before, 1) + 1 / Math.max(after, 1))
}
