import type { Delivery, GateVerdict } from '../../gate/delivery.ts'
import { recordGate, saidWithOverride, type GateOutcome, type Override } from '../../gate/gate-records.ts'
import type { GatePlan } from './gate-plan.ts'
import { overrideOf } from './override-of.ts'

export interface RecordedVerdict {
  /** What is recorded as said, with the word of who let it through. */
  readonly message: string
  readonly override: Override | null
  /** Whether it holds the delivery: nobody let it through. */
  readonly isHeld: boolean
}

/** Records what a gate says of a delivery, or of a company's rows in it, and what a person says to that. */
export function recordVerdict(
  plan: GatePlan,
  delivery: Pick<Delivery, 'source' | 'fingerprint'>,
  verdict: GateVerdict & Pick<GateOutcome, 'company'>,
): RecordedVerdict {
  const override = verdict.status === 'held' ? overrideOf(plan, delivery, verdict, verdict.company) : null
  const message = override === null ? verdict.message : saidWithOverride(verdict.message, override)
  const status = override === null ? verdict.status : 'allowed'
  recordGate(plan.connection, plan.runId, delivery, { ...verdict, status, message })
  return { message, override, isHeld: status === 'held' }
}
