import { AppError } from '../../../kernel/app-error.ts'
import type { Connection } from '../../../store/database.ts'

/** Throws where the workspace has no run of this number: what is asked about it would have an answer that is not true. */
export function requireRun(connection: Connection, runId: number): void {
  if (connection.prepare('SELECT 1 FROM assay_run WHERE run_id = ?').get(runId) === undefined) throw noRun(runId)
}

/** The error that says that there is no such run. */
export function noRun(runId: number): AppError {
  return new AppError('NOT_FOUND', `There is no run ${runId} in the workspace.`, {
    hint: 'The runs that there are: assay runs list.',
  })
}
