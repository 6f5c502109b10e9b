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
  hint: 'Resume it: it goes on where it stopped. Or run again.',
}

/**
 * Takes back what runs after the published one left behind (crashed, cancelled, failed, blocked, or rolled back): for good, so that the
 * next run begins where readers are. The caller holds the lock.
 */
export function undoUnpublished(connection: Connection): void {
  inTransaction(connection, () => {
    connection
      .prepare("UPDATE assay_run SET status = 'failed', finished_at = ?, error = ? WHERE status = 'running'")
      .run(now(), JSON.stringify(stoppedRun))
    takeBackUnpublished(connection)
  })
}

/** The same inside the caller's transaction, where no run is recorded as going on. */
export function takeBackUnpublished(connection: Connection): void {
  const published = publishedRunOf(connection)
  undoRunsAfter(connection, published)
  connection.prepare('UPDATE assay_run SET is_undone = 1 WHERE run_id > ? AND NOT is_undone').run(published)
}
