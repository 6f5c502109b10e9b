import { createHash } from 'node:crypto'
import { inTransaction } from '../../../store/database.ts'
import type { SourceContract } from '../../contract/source-contract.ts'
import type { GateVerdict } from '../../gate/delivery.ts'
import { judgeFreshness, judgeUndelivered } from '../../gate/freshness-gate.ts'
import type { GatePlan } from './gate-plan.ts'
import { recordVerdict } from './record-verdict.ts'
import { highWaterMarkOf } from '../record/source-record.ts'

/** A file of the input that an accepted run has read. */
export interface StandingFile {
  readonly name: string
  readonly sha256: string
  /** In milliseconds since 1970-01-01 UTC. */
  readonly writtenAt: number
}

/**
 * Judges how old a source is of which the input has nothing new, only these files, or none: a feed that stopped brings nothing that could be
 * judged. Records what speaks against it, and gives the message where it holds the run.
 */
export function judgeStanding(
  plan: GatePlan,
  contract: SourceContract,
  files: readonly StandingFile[],
): readonly string[] {
  const { connection, log } = plan
  if (!plan.judgesStanding || contract.gates.freshness === null) return []
  const verdict = verdictOn(plan, contract, files)
  // That all is well was said when the files were loaded.
  if (verdict === null || verdict.status === 'pass') return []
  const hashes = files.map(({ sha256 }) => sha256).toSorted()
  const delivery = {
    source: contract.name,
    fingerprint: createHash('sha256').update(hashes.join('\n')).digest('hex'),
  }
  return inTransaction(connection, () => {
    const { message, isHeld } = recordVerdict(plan, delivery, verdict)
    if (isHeld) return [message]
    log('warn', message)
    return []
  })
}

function verdictOn(
  { connection, publishedRun, asOf }: GatePlan,
  { name: source, gates }: SourceContract,
  files: readonly StandingFile[],
): GateVerdict | null {
  const newest = highWaterMarkOf(connection, publishedRun, source)
  const [first, ...others] = files
  if (first === undefined) return newest === null ? null : judgeUndelivered({ source, newest }, gates, asOf)
  const newestFile = others.reduce((last, file) => (file.writtenAt > last.writtenAt ? file : last), first)
  const verdict = judgeFreshness({ source, files: files.length, newestFile, newest }, gates, asOf)
  return verdict === null ? null : { ...verdict, message: `${verdict.message} Nothing of it is new in the input.` }
}
