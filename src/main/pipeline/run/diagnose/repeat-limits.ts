import type { Connection } from '../../../store/database.ts'
import { openWorkspace } from '../../../store/open-workspace.ts'

interface RunLimit {
  readonly source: string
  readonly max_rows: number | null
  readonly companies: string
}

/** The limits on sources that a run was made with. */
function limitsOf(connection: Connection, runId: number): readonly RunLimit[] {
  return connection
    .prepare('SELECT source, max_rows, companies FROM assay_run_limit WHERE run_id = ? ORDER BY source')
    .all(runId) as RunLimit[]
}

/** Whether two runs were made with other limits: rows that the one held the other may have taken in. */
export function hasOtherLimits(connection: Connection, runId: number, otherRun: number): boolean {
  return JSON.stringify(limitsOf(connection, runId)) !== JSON.stringify(limitsOf(connection, otherRun))
}

/** Gives a workspace aside the limits that a run was made with, and no others. */
export function repeatLimits(connection: Connection, runId: number, fresh: string): void {
  const { connection: aside } = openWorkspace(fresh)
  try {
    aside.prepare('DELETE FROM assay_limit').run()
    const add = aside.prepare(
      "INSERT INTO assay_limit (source, max_rows, companies, set_by, set_at, reason) VALUES (?, ?, ?, 'doctor', 0, '')",
    )
    for (const limit of limitsOf(connection, runId)) add.run(limit.source, limit.max_rows, limit.companies)
  } finally {
    aside.close()
  }
}
