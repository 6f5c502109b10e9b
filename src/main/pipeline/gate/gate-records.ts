import { now } from '../../kernel/clock.ts'
import type { Connection } from '../../store/database.ts'
import type { Delivery, GateVerdict } from './delivery.ts'

/** A verdict as it is recorded: held, or let through by a person. */
export type GateOutcome = Omit<GateVerdict, 'status'> & { readonly status: GateVerdict['status'] | 'allowed' }

/** That a person lets held deliveries through. */
export interface Override {
  readonly who: string
  readonly reason: string
  readonly isExpected: boolean
}

/** Records what a gate said of a delivery. */
export function recordGate(connection: Connection, runId: number, delivery: Delivery, outcome: GateOutcome): void {
  const { gate, status, value, low, high, learnedFrom, message } = outcome
  connection
    .prepare('INSERT INTO assay_gate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      runId,
      delivery.source,
      gate,
      status,
      value,
      low,
      high,
      JSON.stringify(learnedFrom),
      message,
      delivery.fingerprint,
    )
}

/** Who let a gate's verdict on the same files through, the last one; null where nobody did. */
export function findOverride(connection: Connection, delivery: Delivery, gate: GateVerdict['gate']): Override | null {
  const found = connection
    .prepare(
      `SELECT who, reason, is_expected FROM assay_gate_override WHERE source = ? AND fingerprint = ? AND gate = ?
      ORDER BY override_id DESC LIMIT 1`,
    )
    .get(delivery.source, delivery.fingerprint, gate) as
    { who: string; reason: string; is_expected: number } | undefined
  return found === undefined ? null : { who: found.who, reason: found.reason, isExpected: found.is_expected === 1 }
}

/** What an override is about. */
export interface HeldGate extends Pick<GateVerdict, 'value' | 'low' | 'high'> {
  readonly runId: number
  readonly source: string
  readonly gate: string
  readonly fingerprint: string
}

/** Records that a person lets a gate's verdict through, and why. */
export function recordOverride(connection: Connection, held: HeldGate, { who, reason, isExpected }: Override): void {
  connection
    .prepare(
      `INSERT INTO assay_gate_override (run_id, source, gate, fingerprint, value, low, high, who, at, reason, is_expected)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      held.runId,
      held.source,
      held.gate,
      held.fingerprint,
      held.value,
      held.low,
      held.high,
      who,
      now(),
      reason,
      isExpected ? 1 : 0,
    )
}
