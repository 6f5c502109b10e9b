import type { SourceContract } from '../contract/source-contract.ts'
import type { Delivery, GateVerdict, KeyShares, PastDelivery } from './delivery.ts'
import { judgeFreshness } from './freshness-gate.ts'
import { findRepeats, type Repeats } from './find-repeats.ts'
import { compareKeys, learnShares } from './key-shares.ts'
import { judgeKeys } from './keys-gate.ts'
import { judgeSchema } from './schema-gate.ts'
import { judgeVolume } from './volume-gate.ts'

/** What all gates say of a delivery, and how its keys stand to those of the last accepted one. */
export interface DeliveryVerdict {
  readonly verdicts: readonly GateVerdict[]
  readonly shares: KeyShares | null
}

/** Judges a delivery before anything of it is loaded; `history`: the accepted ones of its source, oldest first. */
export function judgeDelivery(
  contract: SourceContract,
  delivery: Delivery,
  history: readonly PastDelivery[],
  asOf: number,
): DeliveryVerdict {
  const { gates } = contract
  const shares = compareKeys(delivery, history)
  const learned = learnShares(history)
  const repeats = shares === null || learned === null ? null : findRepeats(delivery, history.at(-1), shares, learned)
  const contracted = new Set(contract.fields.map(({ name }) => name))
  const freshness = judgeFreshness(delivery, gates, asOf)
  return {
    verdicts: [
      withRepeats(judgeVolume(delivery, history, asOf), repeats),
      ...(freshness === null ? [] : [freshness]),
      judgeKeys(delivery, history, gates, { shares, learned, repeats }),
      judgeSchema(delivery, history, gates, contracted),
    ],
    shares,
  }
}

/** A volume that is held for rows that came before says so: it is the cause. */
function withRepeats(verdict: GateVerdict, repeats: Repeats | null): GateVerdict {
  if (verdict.status !== 'held' || repeats === null) return verdict
  return { ...verdict, message: `${verdict.message} The likely cause: ${repeats.text}.` }
}
