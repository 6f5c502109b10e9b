import type { GateSettings } from '../contract/gate-settings.ts'
import { leastHistory } from '../drift/least-history.ts'
import { median, robustDeviation } from '../drift/robust.ts'
import type { Delivery, GateVerdict, KeyShares, PastDelivery } from './delivery.ts'
import { compareSketches } from './sketch.ts'
import { mostHistory } from './volume-band.ts'
import { namedRuns, percent, tooFew } from './words.ts'

/** A share may always be off by this much. */
const leastReach = 0.1
const deviations = 5
/** Of a feed that came twice under new ids this share of the keys is new and of the rows known, at least. */
const nearlyAll = 0.8

/** How the keys of a delivery stand to the last accepted one; null where there is none to compare with. */
export function compareKeys(delivery: Delivery, history: readonly PastDelivery[]): KeyShares | null {
  const last = history.at(-1)
  if (last === undefined || last.keys === null || last.contents === null) return null
  const { added, gone, changed } = compareSketches(last.keys, delivery.keys)
  return { added, gone, changed, repeated: 1 - compareSketches(last.contents, delivery.contents).added }
}

/** Judges whether a delivery has the keys that the one before lets expect: a feed may keep its count and replace its people. */
export function judgeKeys(
  delivery: Delivery,
  history: readonly PastDelivery[],
  settings: GateSettings,
  shares: KeyShares | null,
): GateVerdict {
  const { source } = delivery
  const learned = history.filter(({ teaches }) => teaches).slice(-mostHistory)
  const known = learned.flatMap((past) => (past.shares === null ? [] : [past.shares]))
  const learnedFrom = learned.filter((past) => past.shares !== null).map(({ runId }) => runId)
  const last = history.at(-1)?.runId ?? 0
  if (shares === null || history.length < leastHistory || known.length < leastHistory - 1) {
    const message = `${source}: ${tooFew(learned.length)} to tell which keys are usual.`
    return { gate: 'keys', status: 'quiet', value: null, low: null, high: null, learnedFrom: [], message }
  }
  const facts = { gate: 'keys', low: 0, learnedFrom } as const
  const usuallyTwice = median(known.map(({ added, repeated }) => Math.min(added, repeated)))
  if (shares.added >= nearlyAll && shares.repeated >= nearlyAll && usuallyTwice < nearlyAll / 2)
    return {
      ...facts,
      status: 'held',
      value: shares.repeated,
      high: reachOf(known, 'repeated', delivery.contents.hashes.length),
      message: `${source}: nearly all keys are new (${percent(shares.added)}) but the contents are the same (${percent(shares.repeated)} of the rows are in run ${last}): the feed was delivered twice, under new ids; the usual share of rows seen before is ${percent(median(known.map(({ repeated }) => repeated)))}, as ${namedRuns(learnedFrom)} show.`,
    }
  if (!isSnapshot(settings, known)) {
    const message = `${source}: each delivery brings new keys; its rows are not those of run ${last}.`
    return { ...facts, status: 'pass', value: shares.repeated, high: null, message }
  }
  return judgeShares(delivery, shares, known, { last, learnedFrom })
}

const kinds = [
  { share: 'added', is: 'are new', of: 'new', cause: 'The feed holds others than before.' },
  { share: 'gone', is: 'are gone', of: 'gone', cause: 'The feed lacks what it had before.' },
  { share: 'changed', is: 'hold other values', of: 'changed', cause: 'The feed says other things of the same keys.' },
] as const

function judgeShares(
  delivery: Delivery,
  shares: KeyShares,
  known: readonly KeyShares[],
  { last, learnedFrom }: { readonly last: number; readonly learnedFrom: readonly number[] },
): GateVerdict {
  const size = delivery.keys.hashes.length
  const judged = kinds.map((kind) => ({ ...kind, value: shares[kind.share], high: reachOf(known, kind.share, size) }))
  const over = judged.filter(({ value, high }) => value > high)
  const [worst = judged[0]] = over.toSorted((a, b) => b.value - b.high - (a.value - a.high))
  const value = worst?.value ?? 0
  const high = worst?.high ?? 1
  const facts = { gate: 'keys', value, low: 0, high, learnedFrom } as const
  if (over.length === 0) {
    const message = `${delivery.source}: ${percent(shares.added)} of the keys are new, ${percent(shares.gone)} gone, ${percent(shares.changed)} changed since run ${last}, as usual.`
    return { ...facts, status: 'pass', message }
  }
  const isReplaced = over.some(({ share }) => share === 'added') && over.some(({ share }) => share === 'gone')
  const told = over.map(
    (kind) => `${percent(kind.value)} of the keys ${kind.is} (at most ${percent(kind.high)} is usual)`,
  )
  const cause = isReplaced ? 'The feed replaced its keys: it holds others than before.' : worst?.cause
  return {
    ...facts,
    status: 'held',
    message: `${delivery.source}: since run ${last} ${told.join(', ')}, as ${namedRuns(learnedFrom)} show. ${cause}`,
  }
}

/** Up to which share is usual; of few keys a share says little. */
function reachOf(known: readonly KeyShares[], share: keyof KeyShares, size: number): number {
  const values = known.map((shares) => shares[share])
  const middle = median(values)
  const deviation = robustDeviation(values.map((value) => value - middle))
  const chance = 3 * Math.sqrt((middle * (1 - middle)) / Math.max(size, 1)) + 3 / Math.max(size, 1)
  return Math.min(1, middle + Math.max(leastReach, deviations * deviation) + chance)
}

/** Whether the source delivers all it has every time: where its contract does not say, its deliveries tell. */
function isSnapshot({ delivery }: GateSettings, known: readonly KeyShares[]): boolean {
  return delivery === null ? median(known.map(({ gone }) => gone)) < 0.5 : delivery === 'snapshot'
}
