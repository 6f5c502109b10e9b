import type { ErrorReport } from '../../../kernel/app-error.ts'
import { now } from '../../../kernel/clock.ts'
import type { Connection } from '../../../store/database.ts'
import { undoRunsAfter } from '../../../store/versioned-table.ts'

/** What is said of a run that ended without a word. */
export const stoppedRun: ErrorReport = {
  code: 'INTERNAL',
  message: 'The run stopped before its end: its process was ended, or the machine went down.',
  place: {},
  saved: 'Nothing of it was published; what was published before is untouched.',
  hint: 'Resume it: it goes on where it stopped. Or run again.',
}

/**
 * Takes back what all runs after `runId` did, for good but for what is set aside. Inside the transaction of a caller that holds the lock:
 * a run that says it is going on has stopped.
 */
export function takeBackRunsAfter(connection: Connection, runId: number): void {
  connection
    .prepare("UPDATE assay_run SET status = 'failed', finished_at = ?, error = ? WHERE status = 'running'")
    .run(now(), JSON.stringify(stoppedRun))
  undoRunsAfter(connection, runId)
  connection.prepare('UPDATE assay_run SET is_undone = 1 WHERE run_id > ? AND NOT is_undone').run(runId)
}
