import { inTransaction, type Connection } from '../../../store/database.ts'
import { setAsideRunsAfter } from '../../../store/set-aside.ts'
import { bringForth } from './bring-forth.ts'
import { lastPublishedRun, publishedRunOf } from './published-runs.ts'
import { takeBackRunsAfter } from './take-back-runs.ts'
import { takeBackUnpublished } from './take-back-unpublished.ts'

/**
 * Brings the tables to what readers see, so that something can begin there: a candidate and the runs that readers were taken back from are
 * set aside until another one is published, what else runs left behind is taken back for good. The caller holds the lock.
 */
export function undoUnpublished(connection: Connection): void {
  inTransaction(connection, () => {
    const published = publishedRunOf(connection)
    if (lastPublishedRun(connection) === published) return takeBackUnpublished(connection)
    // Runs that were set aside before go on from these, and are set aside with them.
    bringForth(connection)
    setAsideRunsAfter(connection, published)
    takeBackRunsAfter(connection, published)
  })
}
