import type { Connection } from '../../../store/database.ts'
import { stepNames } from '../../staging/run-steps.ts'

/** Forgets that a run was measured, which is gone on with. */
export function forgetMeasured(connection: Connection, runId: number): void {
  connection.prepare('DELETE FROM assay_run_step WHERE run_id = ? AND step = ?').run(runId, stepNames.measure)
}

/** Whether a run was measured: one that was ended just after it was published was not, and what is recorded is that of the run before. */
export function isMeasured(connection: Connection, runId: number): boolean {
  const find = connection.prepare('SELECT 1 FROM assay_run_step WHERE run_id = ? AND step = ?')
  return find.get(runId, stepNames.measure) !== undefined
}
