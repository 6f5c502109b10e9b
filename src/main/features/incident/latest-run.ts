import type { Connection } from '../../store/database.ts'

interface LatestRun {
  readonly run_id: number
  readonly status: string
}

/** The condition that a run of `assay_run AS r` counts: not a preview, and not moot, since a run from before it was released meanwhile. */
export const countsInIncident = `r.kind <> 'preview' AND NOT EXISTS (
  SELECT 1 FROM assay_publication AS p WHERE p.kind = 'release' AND p.run_id < r.run_id AND p.at > r.started_at)`

/** The latest run that is over, however it ended; null where there is none. `runningRun`: the one that goes on now. */
export function latestRun(connection: Connection, runningRun: number | null): LatestRun | null {
  return (connection
    .prepare(
      `SELECT run_id, status FROM assay_run AS r WHERE run_id <> ? AND ${countsInIncident} ORDER BY run_id DESC LIMIT 1`,
    )
    .get(runningRun ?? 0) ?? null) as LatestRun | null
}
