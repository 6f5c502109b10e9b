import { inTransaction } from '../../../store/database.ts'
import type { SourceContract } from '../../contract/source-contract.ts'
import { leastHistory } from '../../drift/least-history.ts'
import type { Delivery, GateVerdict } from '../../gate/delivery.ts'
import { dropSamples, readDeliveries, recordDelivery } from '../../gate/delivery-records.ts'
import { judgeDelivery } from '../../gate/judge-delivery.ts'
import { mergeFiles } from '../../gate/merge-files.ts'
import type { FileFacts } from '../../staging/reading-task.ts'
import type { GatePlan } from './gate-plan.ts'
import { holdCompanies } from './hold-companies.ts'
import { judgeStanding, type StandingFile } from './judge-standing.ts'
import { recordVerdict } from './record-verdict.ts'
import { isAccepted } from '../publish/published-runs.ts'

/** The gates before one source's delivery. */
export interface DeliveryGate {
  /** Takes note of a file that was read. */
  file(facts: FileFacts): void
  /** Judges the files together and records the verdicts; gives the messages of those that hold the delivery. */
  judge(): readonly string[]
  /** Judges the source where no file of it is read, since these are known or there are none. */
  judgeUnread(known: readonly StandingFile[]): readonly string[]
}

/** Opens the gates before a source. Files that an accepted run has read are no delivery: they were judged then, all but their age. */
export function openGate(plan: GatePlan, contract: SourceContract): DeliveryGate {
  const { connection, publishedRun } = plan
  const files: FileFacts[] = []
  const standing: StandingFile[] = []
  const isKnown = connection
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM assay_run_file AS f JOIN assay_run AS r USING (run_id)
      WHERE f.source = ? AND f.sha256 = ? AND ${isAccepted(publishedRun, 'r')})`,
    )
    .pluck()
  return {
    file(facts) {
      if (isKnown.get(contract.name, facts.sha256) === 0) files.push(facts)
      else standing.push({ name: facts.file, sha256: facts.sha256, writtenAt: facts.writtenAt })
    },
    judge: () =>
      files.length === 0
        ? judgeStanding(plan, contract, standing)
        : inTransaction(connection, () => judgeFiles(plan, contract, mergeFiles(contract.name, files))),
    judgeUnread: (known) => judgeStanding(plan, contract, known),
  }
}

/** No gates at all, for a proof: what it reads was let in before. */
export const openWay: DeliveryGate = { file() {}, judge: () => [], judgeUnread: () => [] }

function judgeFiles(plan: GatePlan, contract: SourceContract, delivery: Delivery): readonly string[] {
  const { connection, runId, publishedRun, asOf, retentionRuns, log } = plan
  const accepted = isAccepted(publishedRun, 'r')
  const history = readDeliveries(connection, contract.name, accepted)
  const { verdicts, shares } = judgeDelivery(contract, delivery, history, asOf)
  const held: string[] = []
  let teaches = true
  let levelRatio: number | null = null
  for (const verdict of verdicts) {
    const { message, override, isHeld } = recordVerdict(plan, delivery, verdict)
    if (override?.isExpected === false) teaches = false
    if (override?.isExpected === true && verdict.gate === 'volume') levelRatio = ratioOf(delivery, verdict)
    if (verdict.status === 'warn' || override !== null) log('warn', message)
    if (isHeld) held.push(message)
  }
  if (delivery.companies !== null) held.push(...holdCompanies(plan, delivery, accepted))
  if (held.length > 0) return held
  recordDelivery(connection, delivery, { runId, day: asOf, teaches, levelRatio, shares })
  dropSamples(connection, contract.name, accepted, { runId, keep: retentionRuns + leastHistory })
  return []
}

function ratioOf({ rows }: Delivery, { expected }: GateVerdict): number | null {
  return expected === undefined || expected <= 0 || rows === 0 ? null : rows / expected
}
