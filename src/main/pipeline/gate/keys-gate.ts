import type { GateSettings } from '../contract/gate-settings.ts'
import { median } from '../drift/robust.ts'
import type { Delivery, GateVerdict, KeyShares, PastDelivery } from './delivery.ts'
import type { Repeats } from './find-repeats.ts'
import { learnReach, type LearnedShares } from './key-shares.ts'
import { mostHistory } from './volume-band.ts'
import { namedRuns, percent, tooFew } from './words.ts'

/** What is known of the keys of a delivery. */
export interface KeyFacts {
  /** How they stand to those of the last one; null where there is none to compare with. */
  readonly shares: KeyShares | null
  readonly learned: LearnedShares | null
  readonly repeats: Repeats | null
}

/** Judges whether a delivery has the keys that the one before lets expect: a feed may keep its count and replace its people. */
export function judgeKeys(
  delivery: Delivery,
  history: readonly PastDelivery[],
  settings: GateSettings,
  { shares, learned, repeats }: KeyFacts,
): GateVerdict {
  const { source } = delivery
  const last = history.at(-1)?.runId ?? 0
  if (shares === null || learned === null) {
    const message = `${source}: ${tooFew(history.filter(({ teaches }) => teaches).slice(-mostHistory).length)} to tell which keys are usual.`
    return { gate: 'keys', status: 'quiet', value: null, low: null, high: null, learnedFrom: [], message }
  }
  const { known, learnedFrom } = learned
  const facts = { gate: 'keys', low: 0, learnedFrom } as const
  if (repeats !== null)
    return {
      ...facts,
      status: 'held',
      value: repeats.share,
      high: repeats.high,
      message: `${source}: ${repeats.text}, as ${namedRuns(learnedFrom)} show.`,
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
  const judged = kinds.map((kind) => ({
    ...kind,
    value: shares[kind.share],
    high: learnReach(
      known.map((past) => past[kind.share]),
      size,
    ),
  }))
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

/** Whether the source delivers all it has every time: where its contract does not say, its deliveries tell. */
function isSnapshot({ delivery }: GateSettings, known: readonly KeyShares[]): boolean {
  return delivery === null ? median(known.map(({ gone }) => gone)) < 0.5 : delivery === 'snapshot'
}
