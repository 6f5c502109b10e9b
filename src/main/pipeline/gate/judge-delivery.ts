import type { SourceContract } from '../contract/source-contract.ts'
import type { Delivery, GateVerdict, KeyShares, PastDelivery } from './delivery.ts'
import { judgeFreshness } from './freshness-gate.ts'
import { compareKeys, judgeKeys } from './keys-gate.ts'
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
  const contracted = new Set(contract.fields.map(({ name }) => name))
  const freshness = judgeFreshness(delivery, gates, asOf)
  return {
    verdicts: [
      judgeVolume(delivery, history, asOf),
      ...(freshness === null ? [] : [freshness]),
      judgeKeys(delivery, history, gates, shares),
      judgeSchema(delivery, history, gates, contracted),
    ],
    shares,
  }
}
