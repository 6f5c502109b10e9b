/** The middle value; the mean of the two in the middle of an even number; 0 of none. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).toSorted()
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** The third quartile of a standard normal: a median of absolute deviations is so much of its standard deviation. */
const normalQuartile = 0.6744897501960817

/** The standard deviation that the median of absolute deviations stands for, so that a few outliers do not widen it. */
export function robustDeviation(deviations: readonly number[]): number {
  return median(deviations.map(Math.abs)) / normalQuartile
}

/** How far from the middle a value still counts, in deviations. */
const nearby = 3

/** A centre that outliers do not move: the mean of the values that lie near the median. */
export function robustCentre(values: readonly number[]): number {
  const middle = median(values)
  const reach = nearby * robustDeviation(values.map((value) => value - middle))
  const near = values.filter((value) => Math.abs(value - middle) <= reach)
  return near.reduce((sum, value) => sum + value, 0) / Math.max(near.length, 1)
}

/** A standard deviation that outliers do not widen: that of the deviations near zero; of few values surer than their median alone. */
export function nearDeviation(deviations: readonly number[]): number {
  const reach = nearby * robustDeviation(deviations)
  const near = deviations.filter((deviation) => Math.abs(deviation) <= reach)
  return Math.sqrt(near.reduce((sum, deviation) => sum + deviation * deviation, 0) / Math.max(near.length, 1))
}

/** The median of absolute deviations from the median, scaled to a normal standard deviation (Hampel 1974); null of no values. */
export function medianAbsoluteDeviation(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const middle = median(values)
  return robustDeviation(values.map((value) => value - middle))
}
