import type { ErrorReport } from '../../kernel/app-error.ts'
import { openWorkspace } from '../../store/open-workspace.ts'
import { closeRun } from './run-record.ts'

/** Notes that a run ended from outside: cancelled by a person, or its process died. What it wrote is taken back by the next run. */
export function endRun(
  workspaceFolder: string,
  runId: number,
  status: 'cancelled' | 'failed',
  error: ErrorReport | null,
): void {
  const { connection } = openWorkspace(workspaceFolder)
  try {
    closeRun(connection, runId, status, error)
  } finally {
    connection.close()
  }
}
