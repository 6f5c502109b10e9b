import type { ErrorReport } from '../../kernel/app-error.ts'
import { openWorkspace } from '../../store/open-workspace.ts'
import type { RunStatus } from '../../kernel/run-status.ts'
import { closeRun } from './record/run-record.ts'

/**
 * Notes that a run ended from outside: cancelled by a person, or its process died. What it wrote is taken back by the next run. Returns
 * how the run stands now: one that was published already stays so.
 */
export function endRun(
  workspaceFolder: string,
  runId: number,
  status: 'cancelled' | 'failed',
  error: ErrorReport | null,
): RunStatus {
  const { connection } = openWorkspace(workspaceFolder)
  try {
    closeRun(connection, runId, status, error)
    return connection.prepare('SELECT status FROM assay_run WHERE run_id = ?').pluck().get(runId) as RunStatus
  } finally {
    connection.close()
  }
}
