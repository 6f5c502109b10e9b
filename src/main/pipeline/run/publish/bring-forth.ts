import type { Connection } from '../../../store/database.ts'
import { bringBackGroup } from '../../../store/set-aside.ts'
import { takeBackUnpublished } from './take-back-unpublished.ts'

/**
 * Brings back the rolled-back runs that were set aside, so that readers can be given one of them; a candidate in place is set aside, and
 * what else runs have left since then is taken back. Inside the transaction of a caller that holds the lock.
 */
export function bringForth(connection: Connection): void {
  takeBackUnpublished(connection)
  const group = connection
    .prepare("SELECT aside_group FROM assay_run WHERE status = 'published' AND aside_group IS NOT NULL LIMIT 1")
    .pluck()
    .get() as number | undefined
  if (group !== undefined) bringBackGroup(connection, group)
}
