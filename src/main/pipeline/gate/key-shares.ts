import { leastHistory } from '../drift/least-history.ts'
import { median, robustDeviation } from '../drift/robust.ts'
import type { Delivery, KeyShares, PastDelivery } from './delivery.ts'
import { compareSketches, sizeOf } from './sketch.ts'
import { mostHistory } from './volume-band.ts'

/** A share may always be off by this much. */
const leastReach = 0.1
const deviations = 5

/** How the keys of a delivery stand to the last accepted one; null where there is none to compare with. */
export function compareKeys(delivery: Delivery, history: readonly PastDelivery[]): KeyShares | null {
  const last = history.at(-1)
  if (last === undefined || last.keys === null || last.contents === null) return null
  const { added, gone, changed } = compareSketches(last.keys, delivery.keys)
  const contents = compareSketches(last.contents, delivery.contents)
  // Where no row has values that can be compared, none was seen before.
  return { added, gone, changed, repeated: contents.sampled === 0 ? 0 : 1 - contents.added }
}

/** The share of a delivery's rows that have the contents of others of it under keys of their own. */
export function repeatedWithin({ keys, contents, sound }: Pick<Delivery, 'keys' | 'contents' | 'sound'>): number {
  const own = Math.min(sound, sizeOf(keys))
  return own === 0 ? 0 : Math.max(0, 1 - sizeOf(contents) / own)
}

/** The shares of the deliveries that gates learn from, and their runs. */
export interface LearnedShares {
  readonly known: readonly KeyShares[]
  /** As far as it was kept. */
  readonly repeatedWithin: readonly number[]
  readonly learnedFrom: readonly number[]
}

/** What past deliveries say of keys; null where they are too few. */
export function learnShares(history: readonly PastDelivery[]): LearnedShares | null {
  const learned = history.filter(({ teaches }) => teaches).slice(-mostHistory)
  const known = learned.flatMap((past) => (past.shares === null ? [] : [past.shares]))
  const learnedFrom = learned.filter((past) => past.shares !== null).map(({ runId }) => runId)
  if (history.length < leastHistory || known.length < leastHistory - 1) return null
  const within = learned.flatMap((past) => (past.repeatedWithin === null ? [] : [past.repeatedWithin]))
  return { known, repeatedWithin: within, learnedFrom }
}

/** Up to which share is usual; of few elements, `size`, a share says little. */
export function learnReach(values: readonly number[], size: number): number {
  const middle = median(values)
  const deviation = robustDeviation(values.map((value) => value - middle))
  const chance = 3 * Math.sqrt((middle * (1 - middle)) / Math.max(size, 1)) + 3 / Math.max(size, 1)
  return Math.min(1, middle + Math.max(leastReach, deviations * deviation) + chance)
}
