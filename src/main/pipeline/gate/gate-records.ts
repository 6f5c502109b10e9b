import type { Connection } from '../../store/database.ts'
import type { Delivery, GateVerdict } from './delivery.ts'

/** A verdict as it is recorded: held, or let through by a person. */
export type GateOutcome = Omit<GateVerdict, 'status'> & {
  readonly status: GateVerdict['status'] | 'allowed'
  /** The company that it is about; absent where it is about the whole delivery. */
  readonly company?: string
}

/** That a person lets held deliveries through. */
export interface Override {
  readonly who: string
  /** When it was said, in milliseconds: the same for all that it lets through, so that one act is told as one. */
  readonly at: number
  readonly reason: string
  readonly isExpected: boolean
}

/** Records what a gate said of a delivery. */
export function recordGate(
  connection: Connection,
  runId: number,
  delivery: Pick<Delivery, 'source' | 'fingerprint'>,
  outcome: GateOutcome,
): void {
  const { gate, company, status, value, low, high, expected, learnedFrom, message } = outcome
  connection
    .prepare('INSERT INTO assay_gate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      runId,
      delivery.source,
      gate,
      company ?? '',
      status,
      value,
      low,
      high,
      company === undefined ? null : (expected ?? null),
      JSON.stringify(learnedFrom),
      message,
      delivery.fingerprint,
    )
}

/** Who let a gate's verdict on the same files through, the last one; null where nobody did. `company`: '' for the whole delivery. */
export function findOverride(
  connection: Connection,
  delivery: Pick<Delivery, 'source' | 'fingerprint'>,
  gate: GateVerdict['gate'],
  company = '',
): Override | null {
  const found = connection
    .prepare(
      `SELECT who, at, reason, is_expected FROM assay_gate_override WHERE source = ? AND fingerprint = ? AND gate = ? AND company = ?
      ORDER BY override_id DESC LIMIT 1`,
    )
    .get(delivery.source, delivery.fingerprint, gate, company) as
    (Omit<Override, 'isExpected'> & { is_expected: number }) | undefined
  if (found === undefined) return null
  const { is_expected, ...said } = found
  return { ...said, isExpected: is_expected === 1 }
}

/** What a gate said, and who let it through for what reason. */
export function saidWithOverride(message: string, { who, reason }: Override): string {
  return `${message} ${who} let it through: ${reason}`
}

/** What an override is about. */
export interface HeldGate extends Pick<GateVerdict, 'value' | 'low' | 'high'> {
  readonly runId: number
  readonly source: string
  readonly gate: string
  /** '' where it is about the whole delivery. */
  readonly company: string
  readonly fingerprint: string
}

/** Records that a person lets a gate's verdict through, and why. */
export function recordOverride(
  connection: Connection,
  held: HeldGate,
  { who, at, reason, isExpected }: Override,
): void {
  connection
    .prepare(
      `INSERT INTO assay_gate_override (run_id, source, gate, company, fingerprint, value, low, high, who, at, reason, is_expected)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      held.runId,
      held.source,
      held.gate,
      held.company,
      held.fingerprint,
      held.value,
      held.low,
      held.high,
      who,
      at,
      reason,
      isExpected ? 1 : 0,
    )
}
