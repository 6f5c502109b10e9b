import { inTransaction, type Connection } from '../../store/database.ts'
import { undoRunsAfter } from '../../store/versioned-table.ts'
import { publishedRunOf } from './run-record.ts'
import { now } from '../../kernel/clock.ts'
import type { ErrorReport } from '../../kernel/app-error.ts'

/** What is said of a run that ended without a word. */
export const stoppedRun: ErrorReport = {
  code: 'INTERNAL',
  message: 'The run stopped before its end: its process was ended, or the machine went down.',
  place: {},
  saved: 'Nothing of it was published; what was published before is untouched.',
  hint: 'Run again: the files are read anew.',
}

/** Takes back what runs after the published one left behind (crashed, cancelled, failed or blocked). The caller holds the lock. */
export function undoUnpublished(connection: Connection): void {
  inTransaction(connection, () => {
    connection
      .prepare("UPDATE assay_run SET status = 'failed', finished_at = ?, error = ? WHERE status = 'running'")
      .run(now(), JSON.stringify(stoppedRun))
    undoRunsAfter(connection, publishedRunOf(connection))
  })
}
