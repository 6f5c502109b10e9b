import type { Delivery, GateVerdict } from '../../gate/delivery.ts'
import { findOverride, recordOverride, type Override } from '../../gate/gate-records.ts'
import type { GatePlan } from './gate-plan.ts'

/** A person's word on what a gate holds: said before about the same files, or for this run; null where there is none. */
export function overrideOf(
  { connection, runId, allowHeld }: GatePlan,
  { source, fingerprint }: Pick<Delivery, 'source' | 'fingerprint'>,
  { gate, value, low, high }: GateVerdict,
  company = '',
): Override | null {
  const known = findOverride(connection, { source, fingerprint }, gate, company)
  if (known !== null || allowHeld === null) return known
  recordOverride(connection, { runId, source, gate, company, fingerprint, value, low, high }, allowHeld)
  return allowHeld
}
