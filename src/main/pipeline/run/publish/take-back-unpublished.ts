import type { Connection } from '../../../store/database.ts'
import { setAsideRunsAfter } from '../../../store/set-aside.ts'
import { candidateBuiltOn } from './candidates.ts'
import { lastPublishedRun } from './published-runs.ts'
import { takeBackRunsAfter } from './take-back-runs.ts'

/**
 * Takes back what runs after the last published one left behind: for good what never came to its end (crashed, cancelled, failed, held
 * by a gate); a candidate is set aside. Inside the transaction of a caller that holds the lock.
 */
export function takeBackUnpublished(connection: Connection): void {
  const last = lastPublishedRun(connection)
  if (candidateBuiltOn(connection, last) !== null) setAsideRunsAfter(connection, last)
  takeBackRunsAfter(connection, last)
}
