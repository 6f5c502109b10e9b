import type { Connection } from '../../../store/database.ts'
import type { RunStatus } from '../../../kernel/run-status.ts'
import { publishedRunOf } from '../publish/published-runs.ts'
import type { RunRequest } from '../run-request.ts'

/**
 * The run that can be gone on with: the last one, where it did not come to be published and what it wrote lies there still; null where
 * there is none. One that is said to be running is it too, if nobody runs it any more.
 */
export function resumableRunOf(connection: Connection): number | null {
  return (connection
    .prepare(
      `SELECT run_id FROM assay_run WHERE run_id = (SELECT max(run_id) FROM assay_run)
      AND status <> 'published' AND kind <> 'preview' AND NOT is_undone AND request IS NOT NULL AND built_on = ?`,
    )
    .pluck()
    .get(publishedRunOf(connection)) ?? null) as number | null
}

/** What a run was asked for; null where that was not kept. */
export function requestOfRun(connection: Connection, runId: number): RunRequest | null {
  const json = connection.prepare('SELECT request FROM assay_run WHERE run_id = ?').pluck().get(runId) as
    string | null | undefined
  return json === null || json === undefined ? null : (JSON.parse(json) as RunRequest)
}

/** The last run that was no preview, and what it was asked for; null where there was none yet. */
export function lastRunOf(
  connection: Connection,
): { readonly runId: number; readonly status: RunStatus; readonly request: RunRequest | null } | null {
  const last = connection
    .prepare("SELECT run_id, status FROM assay_run WHERE kind <> 'preview' ORDER BY run_id DESC LIMIT 1")
    .get() as { run_id: number; status: RunStatus } | undefined
  if (last === undefined) return null
  return { runId: last.run_id, status: last.status, request: requestOfRun(connection, last.run_id) }
}
