import { AppError } from '../../../kernel/app-error.ts'
import type { Connection } from '../../../store/database.ts'
import { asideGroupOf } from '../../../store/set-aside.ts'
import { bringForth } from './bring-forth.ts'
import { listRollbackTargets, publishedRunOf } from './published-runs.ts'
import { recountWaiting } from './recount-waiting.ts'
import { showToReaders } from './publish-run.ts'
import { whileLocked, type Decider, type Shown, type Site } from './while-locked.ts'

/**
 * Gives readers an earlier published run again, whole: marts, staged rows, high-water marks, the quarantine and the effects of
 * corrections, since all of these are row versions. Nothing is deleted, so that a later run can be gone forth to again; where other
 * runs have started since, it was set aside, until one of them is published. To go to the run that is published is nothing.
 */
export function rollBack(site: Site, runId: number, { who, reason }: Decider): Promise<Shown> {
  return whileLocked(site, `rolling back to run ${runId}`, () => {
    const { connection, project } = site
    const before = publishedRunOf(connection)
    if (runId === before) return { run_id: runId, previous_run: runId }
    refuseOthers(connection, runId)
    if (asideGroupOf(connection, runId) !== null) bringForth(connection)
    showToReaders(connection, runId, { kind: 'rollback', who, reason })
    recountWaiting(connection, project)
    return { run_id: runId, previous_run: before }
  })
}

function refuseOthers(connection: Connection, runId: number): void {
  const targets = listRollbackTargets(connection)
  if (targets.includes(runId)) return
  throw new AppError('USAGE', `Readers cannot be given run ${runId}: ${reasonAgainst(connection, runId)}.`, {
    saved: 'Nothing was changed.',
    hint: targets.length === 0 ? 'There is no other run to go to.' : `There are: ${targets.join(', ')}.`,
  })
}

function reasonAgainst(connection: Connection, runId: number): string {
  const run = connection.prepare('SELECT status, is_undone FROM assay_run WHERE run_id = ?').get(runId) as
    { status: string; is_undone: number } | undefined
  if (run === undefined) return 'there is no such run'
  if (run.status !== 'published') return 'it was not published'
  if (run.is_undone === 1) return 'they were taken back from it, and another run was published since'
  return 'its rows are not kept any more'
}
