import { AppError } from '../../kernel/app-error.ts'
import { listRollbackTargets } from './published-runs.ts'
import { recountWaiting } from './recount-waiting.ts'
import { publishedRunOf, showToReaders } from './run-record.ts'
import { whileLocked } from './while-locked.ts'
import type { Decider, Shown, Site } from './while-locked.ts'

/**
 * Gives readers an earlier published run again, whole: marts, staged rows, high-water marks, the quarantine and the effects of
 * corrections, since all of these are row versions. Nothing is deleted, so that a later run can be gone forth to again until the next
 * run starts. To go to the run that is published is nothing.
 */
export function rollBack(site: Site, runId: number, { who, reason }: Decider): Promise<Shown> {
  return whileLocked(site, `rolling back to run ${runId}`, () => {
    const { connection, project } = site
    const before = publishedRunOf(connection)
    if (runId === before) return { run_id: runId, previous_run: runId }
    refuseOthers(listRollbackTargets(connection), runId)
    showToReaders(connection, runId, { kind: 'rollback', who, reason })
    recountWaiting(connection, project)
    return { run_id: runId, previous_run: before }
  })
}

function refuseOthers(targets: readonly number[], runId: number): void {
  if (targets.includes(runId)) return
  throw new AppError('USAGE', `Readers cannot be given run ${runId}: it was not published, or its rows are not kept.`, {
    saved: 'Nothing was changed.',
    hint: targets.length === 0 ? 'There is no other run to go to.' : `There are: ${targets.join(', ')}.`,
  })
}
