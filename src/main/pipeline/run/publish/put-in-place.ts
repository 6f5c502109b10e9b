import type { Connection } from '../../../store/database.ts'
import { asideGroupOf, bringBackGroup } from '../../../store/set-aside.ts'
import { undoUnpublished } from './undo-unpublished.ts'

/**
 * Puts a candidate in place that is set aside; one that is in place is set aside in turn, and what else runs left behind is taken back.
 * Inside the transaction of a caller that holds the lock.
 */
export function putInPlace(connection: Connection, candidate: number): void {
  const group = asideGroupOf(connection, candidate)
  if (group === null) return
  undoUnpublished(connection)
  bringBackGroup(connection, group)
}
