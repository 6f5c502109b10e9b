import { contractFingerprint } from '../../pipeline/run/sources/contract-fingerprint.ts'
import type { Project } from '../../pipeline/project/project.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import type { Desk } from './desk.ts'
import { countWaitingOperations } from './list-operations.ts'

/** How much waits for a replay: records of which readers do not see what was decided, and sources that are judged by another contract now. */
export function countWaiting(
  { connection, contracts, publishedRun }: Desk,
  project: Project,
): { rows: number; operations: number; changed_contracts: number } {
  const run = publishedRun()
  const count = (sql: string) => Number(connection.prepare(sql).pluck().get())
  // Rows that were staged as they came are in no table of records before the replay.
  const unrecorded = count(`
    SELECT count(*) FROM (
      SELECT DISTINCT a.source, a.identity FROM assay_amendment AS a JOIN assay_operation AS o USING (operation_id)
      WHERE EXISTS (SELECT 1 FROM assay_applied AS p WHERE p.amendment_id = a.amendment_id AND ${isSeenBy(run, 'p')}) IS NOT (o.undone_by IS NULL)
        AND NOT EXISTS (SELECT 1 FROM assay_record AS r WHERE r.source = a.source AND r.identity = a.identity))`)
  const fingerprintOf = connection
    .prepare('SELECT fingerprint FROM assay_run_contract WHERE run_id = ? AND source = ?')
    .pluck()
  const changed = [...contracts.values()].filter((contract) => {
    const known = fingerprintOf.get(run, contract.name)
    return known !== undefined && known !== contractFingerprint(contract, project)
  })
  return {
    rows: count('SELECT count(*) FROM assay_waiting') + unrecorded,
    operations: countWaitingOperations(connection, run),
    changed_contracts: changed.length,
  }
}
