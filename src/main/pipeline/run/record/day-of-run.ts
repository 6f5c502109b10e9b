import type { Connection } from '../../../store/database.ts'

/** The day that counts as today in a run, in days since 1970-01-01; undefined where there is no such run. */
export function dayOfRun(connection: Connection, runId: number): number | undefined {
  return connection.prepare('SELECT as_of FROM assay_run WHERE run_id = ?').pluck().get(runId) as number | undefined
}
