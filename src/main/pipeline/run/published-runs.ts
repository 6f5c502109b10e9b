import { AppError } from '../../kernel/app-error.ts'
import type { Connection } from '../../store/database.ts'
import { publishedRunOf, readSetting } from './run-record.ts'

/** The condition that a run of `assay_run` is one of those that made the state which readers see: what it brought was accepted. */
export function isAccepted(publishedRun: number, alias = ''): string {
  const of = alias === '' ? '' : `${alias}.`
  return `(${of}status = 'published' AND NOT ${of}is_undone AND ${of}run_id <= ${publishedRun})`
}

/** The oldest run of which all rows are still kept; 0 where all are. */
export function oldestKeptRun(connection: Connection): number {
  return Number(readSetting(connection, 'oldest_kept_run') ?? 0)
}

/** The runs that readers can be brought to, newest first: back, or forth again after a rollback. */
export function listRollbackTargets(connection: Connection): readonly number[] {
  return connection
    .prepare(
      "SELECT run_id FROM assay_run WHERE status = 'published' AND NOT is_undone AND run_id >= ? AND run_id <> ? ORDER BY run_id DESC",
    )
    .pluck()
    .all(oldestKeptRun(connection), publishedRunOf(connection)) as number[]
}

/**
 * The run that lies aside, built and checked, since a check blocked it; null where there is none. One that was built on another run
 * than readers see, as after a rollback, is none.
 */
export function candidateRunOf(connection: Connection): number | null {
  return (connection
    .prepare(
      "SELECT run_id FROM assay_run WHERE status = 'blocked' AND next_arrival IS NOT NULL AND NOT is_undone AND built_on = ?",
    )
    .pluck()
    .get(publishedRunOf(connection)) ?? null) as number | null
}

/** Throws unless the run is the candidate. */
export function requireCandidate(connection: Connection, runId: number): void {
  const candidate = candidateRunOf(connection)
  if (candidate === runId) return
  throw new AppError('USAGE', `Run ${runId} is no candidate: no check holds it back beside the published tables.`, {
    saved: 'Nothing was changed.',
    hint:
      candidate === null
        ? 'There is none. A run that a check blocked is one until the next run starts.'
        : `The candidate is run ${candidate}.`,
  })
}
