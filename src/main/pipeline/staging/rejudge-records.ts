import { quoteName, type Connection } from '../../store/database.ts'
import type { Amendments } from '../amendment/amendment.ts'
import { readKnownRecords, type KnownRecord } from '../amendment/judge-known-records.ts'
import { compileRecordJudge, type Judgement } from '../amendment/judge-record.ts'
import type { VerdictContext } from '../contract/compile-contract.ts'
import type { Finding } from '../contract/finding.ts'
import { compileRecency } from '../contract/recency.ts'
import type { HeldCompanies } from '../contract/ingestion-limit.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import { createBatchBuilder } from './batch.ts'
import { landedColumns } from './landing.ts'
import { compileRecordKey } from '../contract/record-key.ts'
import { compileStagedKey } from './staged-key.ts'
import type { StagedTable } from './staged-table.ts'

export interface RejudgeTask {
  readonly connection: Connection
  readonly contract: SourceContract
  readonly staged: StagedTable
  readonly verdictContext: VerdictContext
  /** Companies whose rows stay held back; what is staged of them stays staged. */
  readonly heldCompanies: HeldCompanies | null
  /** The amendments that the living state was made with, and those that count now. */
  readonly before: Amendments
  readonly now: Amendments
}

const isStaged = (state: Judgement['state']) => state === 'released' || state === 'waived'

/** Makes the empty tables that `rejudgeRecords` fills and `mergeRejudged` brings into the workspace. */
function createTables(connection: Connection, staged: StagedTable): void {
  const landed = landedColumns(staged).map(quoteName).join(', ')
  connection.exec(`
    DROP TABLE IF EXISTS temp.rejudged;
    CREATE TABLE temp.rejudged (arrival INTEGER PRIMARY KEY, old_state TEXT, new_state TEXT, old_key TEXT, new_key TEXT, is_moved INTEGER);
    DROP TABLE IF EXISTS temp.candidate;
    CREATE TABLE temp.candidate (arrival INTEGER PRIMARY KEY, record INTEGER, row_id TEXT, recency INTEGER, ${landed}, warnings TEXT);
    DROP TABLE IF EXISTS temp.withdrawn;
    CREATE TABLE temp.withdrawn (arrival INTEGER PRIMARY KEY, record INTEGER);
    DROP TABLE IF EXISTS temp.rejudged_finding;
    CREATE TABLE temp.rejudged_finding (arrival INTEGER, position, row_id, is_quarantined, field, rule, severity, message, raw_value)`)
}

/**
 * Judges the records in `temp.rejudge` anew: what they were staged as is to be withdrawn, what they are now is a candidate for its key.
 * A record counts at each place in the order of arrival at which it was seen.
 */
export function rejudgeRecords(task: RejudgeTask): void {
  const { connection, contract, staged, verdictContext, heldCompanies, before, now } = task
  createTables(connection, staged)
  const judgeBefore = compileRecordJudge(contract, verdictContext, before)
  const judgeNow = compileRecordJudge(contract, verdictContext, now)
  const judgeHeldBack = compileRecordJudge(contract, { ...verdictContext, heldCompanies }, now)
  const keyOf = compileRecordKey(contract)
  const write = prepareWriting(task)
  const arrivals = connection.prepare('SELECT arrival FROM temp.rejudge ORDER BY arrival').pluck().all() as number[]
  for (const record of readKnownRecords(connection, arrivals, null)) {
    const judged = (isStaged(record.state) ? judgeNow : judgeHeldBack)(record, record.parseFinding)
    const old = isStaged(record.state) ? judgeBefore(record, record.parseFinding) : null
    const isMoved =
      isStaged(record.state) !== isStaged(judged.state) ||
      (old !== null &&
        JSON.stringify([old.state, old.verdict.values]) !== JSON.stringify([judged.state, judged.verdict.values]))
    write(record, judged, isMoved, {
      old: old === null || old.verdict.values.length === 0 ? null : keyOf(old.verdict.values),
      now: isStaged(judged.state) ? keyOf(judged.verdict.values) : null,
    })
  }
}

function prepareWriting({ connection, contract, staged }: RejudgeTask) {
  const recencyOf = compileRecency(contract)
  const stagedKeyOf = compileStagedKey(contract)
  const landed = landedColumns(staged)
  const seenAs = connection
    .prepare('SELECT seen_as FROM assay_sighting WHERE arrival = ? AND seen_as IS NOT NULL ORDER BY seen_as')
    .pluck()
  const note = connection.prepare('INSERT INTO temp.rejudged VALUES (?, ?, ?, ?, ?, ?)')
  const withdraw = connection.prepare('INSERT OR IGNORE INTO temp.withdrawn VALUES (?, ?)')
  const addCandidate = connection.prepare(
    `INSERT INTO temp.candidate SELECT :arrival, :record, :row_id, ${['', ...landed].map((_, index) => `:values ->> ${index}`).join(', ')}, :warnings`,
  )
  const addFindings = connection.prepare(
    `INSERT INTO temp.rejudged_finding SELECT ${Array.from({ length: 9 }, (_, index) => `value ->> ${index}`).join(', ')} FROM jsonb_each(?)`,
  )
  return (
    record: KnownRecord,
    { state, verdict }: Judgement,
    isMoved: boolean,
    key: { readonly old: string | null; readonly now: string | null },
  ) => {
    const { arrival, file, line } = record
    note.run(arrival, record.state, state, key.old, key.now, isMoved ? 1 : 0)
    if (state === 'open') {
      const builder = createBatchBuilder(file, false)
      builder.addFindings(arrival, line, true, verdict.findings)
      addFindings.run(builder.take(0).findings)
    }
    if (!isMoved) return
    const arrivals = [arrival, ...(seenAs.all(arrival) as number[])]
    if (isStaged(record.state)) for (const seen of arrivals) withdraw.run(seen, arrival)
    if (!isStaged(state)) return
    const stagedKey = stagedKeyOf === null ? [] : [stagedKeyOf(verdict.values)]
    const values = JSON.stringify([
      recencyOf(verdict.values),
      state === 'waived' ? 1 : 0,
      ...stagedKey,
      ...verdict.values,
    ])
    const warnings = warningsText(verdict.findings)
    for (const seen of arrivals)
      addCandidate.run({ arrival: seen, record: arrival, row_id: `${file}:${line}`, values, warnings })
  }
}

/** The warnings of a row as they are kept beside it; null where there are none. */
function warningsText(findings: readonly Finding[]): string | null {
  if (findings.length === 0) return null
  return JSON.stringify(
    findings.map(({ field, rule, severity, message, rawValue }, position) => [
      position,
      field,
      rule,
      severity,
      message,
      rawValue,
    ]),
  )
}
