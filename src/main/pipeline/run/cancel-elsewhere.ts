import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hostname } from 'node:os'
import { AppError } from '../../kernel/app-error.ts'
import { now } from '../../kernel/clock.ts'
import { inTransaction, type Connection } from '../../store/database.ts'
import { isWorkspaceLocked, readLockHolder } from '../../store/workspace-lock.ts'

const patience = 5_000
const pause = 25
const graceMilliseconds = 300

/** Ends a run that another process started on this machine, such as one of the schedule, and records that it was cancelled. */
export async function cancelElsewhere(connection: Connection, workspaceFolder: string, runId: number): Promise<void> {
  const isGoingOn =
    connection.prepare("SELECT 1 FROM assay_run WHERE run_id = ? AND status = 'running'").get(runId) !== undefined
  const holder = readLockHolder(workspaceFolder)
  if (!isGoingOn || holder?.doing !== 'run' || holder.host !== hostname() || !isWorkspaceLocked(workspaceFolder))
    throw new AppError('NOT_FOUND', `Run ${runId} is not going on here.`, {
      saved: 'Nothing was changed.',
      hint: 'Look at the list of runs: it may have ended by now, or goes on on another machine.',
    })
  const note = notePath(workspaceFolder)
  writeFileSync(note, String(runId))
  try {
    // Every step is a transaction: killed at any moment, the process leaves the database whole.
    process.kill(holder.pid, 'SIGKILL')
    const until = performance.now() + patience
    while (isWorkspaceLocked(workspaceFolder) && performance.now() < until) await sleep(pause)
    recordCancelled(connection, runId)
    // Whoever started it looks for the note when it finds it dead.
    await sleep(graceMilliseconds)
  } finally {
    rmSync(note, { force: true })
  }
}

/** Whether a run that was found dead was cancelled by another process. */
export function wasCancelledElsewhere(workspaceFolder: string, runId: number): boolean {
  try {
    return readFileSync(notePath(workspaceFolder), 'utf8') === String(runId)
  } catch {
    return false
  }
}

const notePath = (workspaceFolder: string) => join(workspaceFolder, 'workspace.cancel')

function recordCancelled(connection: Connection, runId: number): void {
  inTransaction(connection, () => {
    // The process that started it may have found it dead, and said so, first.
    connection
      .prepare(
        "UPDATE assay_run SET status = 'cancelled', finished_at = coalesce(finished_at, ?), error = NULL WHERE run_id = ? AND status IN ('running', 'failed')",
      )
      .run(now(), runId)
  })
}
