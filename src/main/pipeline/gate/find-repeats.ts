import { leastHistory } from '../drift/least-history.ts'
import { median } from '../drift/robust.ts'
import type { Delivery, KeyShares, PastDelivery } from './delivery.ts'
import { learnReach, repeatedWithin, type LearnedShares } from './key-shares.ts'
import { sizeOf } from './sketch.ts'
import { counted, percent } from './words.ts'

/** Of a feed that came twice under new ids this share of the keys is new and of the rows known, at least. */
const nearlyAll = 0.8
/** A smaller part of a delivery that came before may be chance. */
const leastPart = 0.25
/** So much more of the rows than usual must repeat others within it. */
const leastMore = 0.2
/** With fewer sound rows there is hardly anything to compare. */
const leastSound = 0.5

/** Rows of a delivery that came before, or twice, under other keys. */
export interface Repeats {
  readonly share: number
  /** Up to which share is usual. */
  readonly high: number
  /** Without the source, for a person. */
  readonly text: string
}

/**
 * Finds whether a delivery holds what was delivered before, or itself twice, under new keys; null where it does not. What is broken has no
 * values that could be compared, so of a delivery that is mostly broken nothing is said.
 */
export function findRepeats(
  delivery: Delivery,
  last: PastDelivery | undefined,
  shares: KeyShares,
  { known, repeatedWithin: before }: LearnedShares,
): Repeats | null {
  const { contents, sound, rows } = delivery
  if (last === undefined || sound === 0 || sound < leastSound * rows) return null
  const size = contents.hashes.length
  const usuallyTwice = median(known.map(({ added, repeated }) => Math.min(added, repeated)))
  if (shares.added >= nearlyAll && shares.repeated >= nearlyAll && usuallyTwice < nearlyAll / 2)
    return {
      share: shares.repeated,
      high: learnReach(
        known.map(({ repeated }) => repeated),
        size,
      ),
      text: `nearly all keys are new (${percent(shares.added)}) but the contents are the same (${percent(shares.repeated)} of the rows are in run ${last.runId}): the feed was delivered twice, under new ids; the usual share of rows seen before is ${percent(median(known.map(({ repeated }) => repeated)))}`,
    }
  const own = repeatedWithin(delivery)
  const ownHigh = Math.max(learnReach(before, size), median(before) + leastMore)
  if (before.length >= leastHistory - 1 && own >= leastPart && own > ownHigh)
    return {
      share: own,
      high: ownHigh,
      text: `${percent(own)} of the rows repeat others of the same delivery under other keys (${counted(sound)} sound rows have ${counted(sizeOf(contents))} different contents): it most likely holds the same feed twice, under new ids`,
    }
  const again = againOf(shares)
  const high = learnReach(known.map(againOf), size)
  if (again < leastPart || again <= high) return null
  return {
    share: again,
    high,
    text: `${percent(again)} of the rows have the contents of rows of run ${last.runId} under new keys (at most ${percent(high)} is usual): what was delivered then most likely came again, under new ids, beside what is new`,
  }
}

/** The share of rows that are known while their keys are new, at least: no more keys than are known can be of the others. */
function againOf({ added, repeated }: KeyShares): number {
  return Math.max(0, added + repeated - 1)
}
