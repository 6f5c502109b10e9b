import type { Log } from '../../kernel/log.ts'
import { inTransaction, type Connection } from '../../store/database.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import { leastHistory } from '../drift/least-history.ts'
import type { Delivery, GateVerdict } from '../gate/delivery.ts'
import { dropSamples, readDeliveries, recordDelivery } from '../gate/delivery-records.ts'
import { findOverride, recordGate, recordOverride, type Override } from '../gate/gate-records.ts'
import { judgeDelivery } from '../gate/judge-delivery.ts'
import { mergeFiles } from '../gate/merge-files.ts'
import type { FileFacts } from '../staging/reading-task.ts'
import { isAccepted } from './published-runs.ts'

/** The gates before one source's delivery. */
export interface DeliveryGate {
  /** Takes note of a file that was read. */
  file(facts: FileFacts): void
  /** Judges the files together and records the verdicts; gives the messages of those that hold the delivery. */
  judge(): readonly string[]
}

export interface GatePlan {
  readonly connection: Connection
  readonly runId: number
  readonly publishedRun: number
  readonly asOf: number
  /** How many published runs can be gone back to: each needs what its deliveries are compared with. */
  readonly retentionRuns: number
  /** By whom and why all that the gates hold in this run is let through; null where it is not. */
  readonly allowHeld: Override | null
  readonly log: Log
}

/** Opens the gates before a source. Files that an accepted run has read are no delivery: they were judged then. */
export function openGate(plan: GatePlan, contract: SourceContract): DeliveryGate {
  const { connection, publishedRun } = plan
  const files: FileFacts[] = []
  const isKnown = connection
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM assay_run_file AS f JOIN assay_run AS r USING (run_id)
      WHERE f.source = ? AND f.sha256 = ? AND ${isAccepted(publishedRun, 'r')})`,
    )
    .pluck()
  return {
    file(facts) {
      if (isKnown.get(contract.name, facts.sha256) === 0) files.push(facts)
    },
    judge: () =>
      files.length === 0
        ? []
        : inTransaction(connection, () => judgeFiles(plan, contract, mergeFiles(contract.name, files))),
  }
}

/** No gates at all, for a proof: what it reads was let in before. */
export const openWay: DeliveryGate = { file() {}, judge: () => [] }

function judgeFiles(plan: GatePlan, contract: SourceContract, delivery: Delivery): readonly string[] {
  const { connection, runId, publishedRun, asOf, retentionRuns, log } = plan
  const accepted = isAccepted(publishedRun, 'r')
  const history = readDeliveries(connection, contract.name, accepted)
  const { verdicts, shares } = judgeDelivery(contract, delivery, history, asOf)
  const held: string[] = []
  let teaches = true
  let levelRatio: number | null = null
  for (const verdict of verdicts) {
    const override = verdict.status === 'held' ? overrideOf(plan, delivery, verdict) : null
    const message =
      override === null ? verdict.message : `${verdict.message} ${override.who} let it through: ${override.reason}`
    recordGate(connection, runId, delivery, {
      ...verdict,
      status: override === null ? verdict.status : 'allowed',
      message,
    })
    if (override?.isExpected === false) teaches = false
    if (override?.isExpected === true && verdict.gate === 'volume') levelRatio = ratioOf(delivery, verdict)
    if (verdict.status === 'warn' || override !== null) log('warn', message)
    if (verdict.status === 'held' && override === null) held.push(message)
  }
  if (held.length > 0) return held
  recordDelivery(connection, delivery, { runId, day: asOf, teaches, levelRatio, shares })
  dropSamples(connection, contract.name, accepted, { runId, keep: retentionRuns + leastHistory })
  return []
}

/** A person's word on what a gate holds: said before about the same files, or for this run. */
function overrideOf(plan: GatePlan, delivery: Delivery, { gate, value, low, high }: GateVerdict): Override | null {
  const { connection, runId, allowHeld } = plan
  const known = findOverride(connection, delivery, gate)
  if (known !== null || allowHeld === null) return known
  const { source, fingerprint } = delivery
  recordOverride(connection, { runId, source, gate, fingerprint, value, low, high }, allowHeld)
  return allowHeld
}

function ratioOf({ rows }: Delivery, { expected }: GateVerdict): number | null {
  return expected === undefined || expected <= 0 || rows === 0 ? null : rows / expected
}
