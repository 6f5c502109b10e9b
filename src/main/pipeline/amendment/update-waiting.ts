import type { Connection } from '../../store/database.ts'
import { readKnownRecords, type KnownRecord } from './judge-known-records.ts'
import type { Judgement } from './judge-record.ts'

/**
 * Says of records how they stand with all that people decided, where readers see them otherwise; they wait
 * for a replay. `published` judges with the amendments that the published state was made with. Inside the caller's transaction.
 */
export function updateWaiting(
  connection: Connection,
  arrivals: readonly number[],
  operation: number,
  publishedRun: number,
  judges: {
    readonly now: (record: KnownRecord) => Judgement
    readonly published: (record: KnownRecord) => Judgement
  },
): void {
  const wait = connection.prepare('INSERT OR REPLACE INTO assay_waiting VALUES (?, ?, ?)')
  const settle = connection.prepare('DELETE FROM assay_waiting WHERE arrival = ?')
  for (const record of readKnownRecords(connection, arrivals, publishedRun)) {
    const now = judges.now(record)
    if (isSettled(record, now, judges.published)) settle.run(record.arrival)
    else wait.run(record.arrival, now.state === 'released' ? 'corrected' : now.state, operation)
  }
}

/** Whether what readers see of a record is what all decisions make of it. */
function isSettled(record: KnownRecord, now: Judgement, published: (record: KnownRecord) => Judgement): boolean {
  if (record.state !== now.state) return false
  const before = published(record)
  return JSON.stringify([before.verdict, before.cells]) === JSON.stringify([now.verdict, now.cells])
}
