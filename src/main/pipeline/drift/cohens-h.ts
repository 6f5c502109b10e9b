/**
 * The difference of two shares as an effect size, equally telling near 0 and in the middle; positive where the share grew (Cohen 1988,
 * "Statistical Power Analysis for the Behavioral Sciences", ch. 6: 0.2 is small, 0.5 medium, 0.8 large). Null of what is no share.
 */
export function cohensH(before: number, after: number): number | null {
  if (!isShare(before) || !isShare(after)) return null
  return 2 * Math.asin(Math.sqrt(after)) - 2 * Math.asin(Math.sqrt(before))
}

const isShare = (value: number) => value >= 0 && value <= 1
