// Between two samples of the same distribution the stability index times the harmonic size of both is a chi-square (Yurdakul 2018,
// "Statistical properties of the population stability index").

/** So many deviations of a normal value come by chance once in a hundred thousand cases. */
const rare = 4.26
/** One index in twenty or so lies further beyond the average. */
const usual = 2

const average = (groups: number) => Math.max(groups - 1, 1)
const usualChiSquare = (groups: number) => average(groups) + usual * Math.sqrt(2 * average(groups))
const inverseSize = (before: number, after: number) => 1 / Math.max(before, 1) + 1 / Math.max(after, 1)

/** The stability index up to which chance often takes samples of so many rows in so many groups. */
export function usualIndex(groups: number, before: number, after: number): number {
  return usualChiSquare(groups) * inverseSize(before, after)
}

/** How far beyond the usual one an index may lie by chance, though hardly ever (by the quantile of Wilson and Hilferty 1931). */
export function shiftByChance(groups: number, before: number, after: number): number {
  const spread = 2 / (9 * average(groups))
  const quantile = average(groups) * (1 - spread + rare * Math.sqrt(spread)) ** 3
  return (quantile - usualChiSquare(groups)) * inverseSize(before, after)
}
