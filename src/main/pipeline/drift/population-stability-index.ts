import { alignCounts, sharesOf, sumOf } from './shares.ts'

export interface StabilityIndex {
  readonly index: number
  /** What each bin adds to the index; never negative. */
  readonly contributions: readonly number[]
}

/** What a bin is taken to hold where only one side has any: a share of zero would make the index infinite. */
const emptyCount = 0.5

/**
 * How far counts by the same bins have moved: the sum of (after - before) x ln(after / before) over the shares, which is the symmetric
 * divergence of Jeffreys (1946), called population stability index by Siddiqi (2006, "Credit Risk Scorecards", p. 137: above 0.1 look, above
 * 0.25 act). A bin that is empty on one side alone counts half a row there; one that is empty on both adds nothing. Null where a side is empty.
 */
export function populationStabilityIndex(before: readonly number[], after: readonly number[]): StabilityIndex | null {
  if (sumOf(before) <= 0 || sumOf(after) <= 0) return null
  const bins = alignCounts(before, after)
  const filled = (own: number, other: number) => (own === 0 && other > 0 ? emptyCount : own)
  const sharesBefore = sharesOf(bins.map(([one, other]) => filled(one, other))) ?? []
  const sharesAfter = sharesOf(bins.map(([one, other]) => filled(other, one))) ?? []
  const contributions = alignCounts(sharesBefore, sharesAfter).map(([one, other]) =>
    one === other ? 0 : (other - one) * Math.log(other / one),
  )
  return { index: sumOf(contributions), contributions }
}
