import { now } from '../../../kernel/clock.ts'
import { inTransaction, type Connection } from '../../../store/database.ts'
import { dropSetAside } from '../../../store/set-aside.ts'
import { writeSetting } from '../../../store/workspace-setting.ts'
import { closeRun } from '../record/run-record.ts'
import { publishedRunOf } from './published-runs.ts'

/** Publishes a run: from this one transaction on, readers and exports see it, whole, and what `finish` does beside. */
export function publishRun(connection: Connection, runId: number, nextArrival: number, finish: () => void): void {
  inTransaction(connection, () => {
    const who = connection.prepare('SELECT started_by FROM assay_run WHERE run_id = ?').pluck().get(runId) as string
    showToReaders(connection, runId, { kind: 'publish', who, reason: '' })
    writeSetting(connection, 'next_arrival', nextArrival)
    finish()
    closeRun(connection, runId, 'published', null)
  })
}

/** Why readers are given a run: it passed its checks, a person lets it through, or they go back or forth to it. */
export interface Publication {
  readonly kind: 'publish' | 'release' | 'rollback'
  readonly who: string
  readonly reason: string
}

/**
 * Gives readers and exports a run from now on, and notes it. One that is new to them supersedes all runs that were set aside. Inside
 * the caller's transaction.
 */
export function showToReaders(connection: Connection, runId: number, { kind, who, reason }: Publication): void {
  const before = publishedRunOf(connection)
  if (kind !== 'rollback') dropSetAside(connection)
  connection.prepare('INSERT OR REPLACE INTO assay_published VALUES (1, ?)').run(runId)
  connection
    .prepare(
      'INSERT INTO assay_publication (at, who, kind, reason, run_id, previous_run) VALUES (?, ?, ?, ?, ?, nullif(?, 0))',
    )
    .run(now(), who, kind, reason, runId, before)
}
