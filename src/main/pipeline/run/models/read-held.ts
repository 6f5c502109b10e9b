import type { HeldPart } from '#protocol/held-part'
import type { Connection } from '../../../store/database.ts'

/** The parts that a run holds back, by value; `limit` of them, or all. */
export function readHeld(connection: Connection, runId: number, limit = -1): HeldPart[] {
  return connection
    .prepare(
      `SELECT column_name AS "column", CAST(value AS TEXT) AS value, check_name AS "check", source, since_run, CAST(linked_to AS TEXT) AS linked_to
      FROM assay_run_blocked WHERE run_id = ? ORDER BY value, check_name LIMIT ?`,
    )
    .all(runId, limit) as HeldPart[]
}
