import type { Connection } from '../../../store/database.ts'
import { readSetting } from '../../../store/workspace-setting.ts'

/** The run that readers and exports see; 0 where nothing was published yet. */
export function publishedRunOf(connection: Connection): number {
  return Number(connection.prepare('SELECT run_id FROM assay_published').pluck().get() ?? 0)
}

/** The condition that a run of `assay_run` is one of those that made the state which readers see: what it brought was accepted. */
export function isAccepted(publishedRun: number, alias = ''): string {
  const of = alias === '' ? '' : `${alias}.`
  return `(${of}status = 'published' AND NOT ${of}is_undone AND ${of}run_id <= ${publishedRun})`
}

/** The oldest run of which all rows are still kept; 0 where all are. */
export function oldestKeptRun(connection: Connection): number {
  return Number(readSetting(connection, 'oldest_kept_run') ?? 0)
}

/** The last run that was published and is not undone: the one that readers see, or one that they were taken back from; 0 for none. */
export function lastPublishedRun(connection: Connection): number {
  return Number(
    connection
      .prepare("SELECT coalesce(max(run_id), 0) FROM assay_run WHERE status = 'published' AND NOT is_undone")
      .pluck()
      .get(),
  )
}

/** The runs that readers can be brought to, newest first: back, or forth again after a rollback, also where that was set aside. */
export function listRollbackTargets(connection: Connection): readonly number[] {
  return connection
    .prepare(
      `SELECT run_id FROM assay_run WHERE status = 'published' AND (NOT is_undone OR aside_group IS NOT NULL) AND run_id >= ? AND run_id <> ?
      ORDER BY run_id DESC`,
    )
    .pluck()
    .all(oldestKeptRun(connection), publishedRunOf(connection)) as number[]
}
