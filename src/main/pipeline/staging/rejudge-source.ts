import { compileRecordJudge } from '../amendment/judge-record.ts'
import { inTransaction } from '../../store/database.ts'
import type { DeliveredRecord } from '../archive/fetch-records.ts'
import { compileCompany } from './company-of.ts'
import { followLookups } from './follow-lookups.ts'
import { mergeRejudged, type RejudgeCounts } from './merge-rejudged.ts'
import { rejudgeRecords, type RejudgeTask } from './rejudge-records.ts'
import { selectRejudged, type Selection } from './select-rejudged.ts'

export interface RejudgeSource extends Omit<Selection, 'staged'>, RejudgeTask {
  readonly companyColumn: string | null
  /** Reads records again from the archive of feeds. */
  fetchRecords(arrivals: readonly number[]): ReadonlyMap<number, DeliveredRecord>
}

/**
 * Judges the records again whose verdict may have changed since the last run, without reading any feed: what people decided, what a
 * later day or another look-up releases, what a new contract says. Brings the result into the staged rows and the quarantine.
 */
export function rejudgeSource(task: RejudgeSource): RejudgeCounts {
  const { connection, runId, contract, contracts, staged } = task
  return inTransaction(connection, () => {
    followLookups(connection, contract, contracts, runId)
    registerRecords(task, selectRejudged(task))
    rejudgeRecords(task)
    return mergeRejudged(connection, staged, contract.name, runId)
  })
}

/** Keeps the delivered text of staged rows that are concerned, so that what is decided about them can be undone. */
function registerRecords(task: RejudgeSource, arrivals: readonly number[]): void {
  if (arrivals.length === 0) return
  const { connection, runId, contract, verdictContext, now, companyColumn, fetchRecords } = task
  const judge = compileRecordJudge(contract, verdictContext, now)
  const companyOf = compileCompany(contract, companyColumn, verdictContext.nullWords)
  const knownAt = connection
    .prepare('SELECT arrival FROM assay_record WHERE source = ? AND file = ? AND line = ? AND raw = ?')
    .pluck()
  const sight = connection.prepare('INSERT OR IGNORE INTO assay_sighting VALUES (?, ?, ?)')
  const addRecord = connection.prepare(
    `INSERT INTO assay_record (from_run, arrival, source, identity, file, line, byte_offset, encoding, company, raw, cells, header)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`,
  )
  const addState = connection.prepare(
    `INSERT INTO assay_quarantine (from_run, arrival, state, source, file, line, company, first_run) VALUES (?, ?, 'released', ?, ?, ?, ?, ?)`,
  )
  const rejudge = connection.prepare('INSERT OR IGNORE INTO temp.rejudge VALUES (?)')
  for (const record of fetchRecords(arrivals).values()) {
    const { arrival, file, line, raw, cells, offset, encoding } = record
    const { identity, isAmended, verdict } = judge({ ...record, header: null }, null)
    if (!isAmended && verdict.isValid) continue
    const known = knownAt.get(contract.name, file, line, raw) as number | undefined
    if (known !== undefined) {
      sight.run(runId, known, arrival)
      rejudge.run(known)
      continue
    }
    const company = companyOf(cells)
    addRecord.run(
      runId,
      arrival,
      contract.name,
      identity,
      file,
      line,
      offset,
      encoding,
      company,
      raw,
      JSON.stringify(cells),
    )
    addState.run(runId, arrival, contract.name, file, line, company, runId)
    rejudge.run(arrival)
  }
}
