import type { Gate } from '#features/gates'
import { gatesMethods } from '#features/gates'
import type { RunDetail } from '#features/runs'
import { runsMethods } from '#features/runs'
import { AppError } from '../../kernel/app-error.ts'
import type { ErrorReport } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import type { RunRequest } from '../../pipeline/run/run-request.ts'
import { forkNodeProcess } from '../engine/fork-node-process.ts'
import { createRunJobs } from '../engine/run-jobs.ts'
import type { EngineJobs } from '../engine/run-jobs.ts'
import { openLog } from '../engine/workspace-log.ts'
import { showProgress } from './output/show-progress.ts'
import { withEngine } from './with-engine.ts'

const cancelSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** How a run ended: what the workspace says about it, and why it did not end well, if it did not. */
export interface RunEnd {
  readonly detail: RunDetail
  /** What the gates said of its deliveries. */
  readonly gates: readonly Gate[]
  readonly error: ErrorReport | null
}

/** Does a run in a job process and waits for it. Ctrl-C or a polite kill cancels it at once. Throws when no run came about. */
export async function runJob(request: RunRequest): Promise<RunEnd> {
  const jobs = createRunJobs({
    fork: forkNodeProcess,
    // Nobody listens: who wants to know how it goes asks for `current`.
    publish: () => undefined,
    log: openLog(request.workspaceFolder, 'cli'),
  })
  const signals = listenForCancel()
  try {
    const { run_id: runId } = await jobs.start(request)
    const failure = await follow(jobs, runId, signals.cancelled)
    const { detail, gates } = await readRun(request, runId).catch((error: unknown) => {
      // A workspace that cannot be read any more must not hide why the run failed.
      throw failure ?? error
    })
    return { detail, gates, error: failure === null ? detail.error : reportError(failure) }
  } finally {
    signals.stop()
  }
}

/** Shows how the run goes until it has ended; returns the error that ended it early, if one did. */
async function follow(jobs: EngineJobs, runId: number, cancelled: Promise<void>): Promise<AppError | null> {
  const hideProgress = showProgress(() => jobs.current())
  const ended = jobs.finished(runId)
  try {
    const isCancelled = await Promise.race([ended.then(() => false), cancelled.then(() => true)])
    if (isCancelled) await jobs.cancel(runId)
    await ended
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  } finally {
    hideProgress()
  }
}

/** A signal may come before the job has said which run it is; it is obeyed as soon as it has. */
function listenForCancel(): { readonly cancelled: Promise<void>; stop(): void } {
  const { promise: cancelled, resolve } = Promise.withResolvers<void>()
  const cancel = () => resolve()
  for (const signal of cancelSignals) process.on(signal, cancel)
  return {
    cancelled,
    stop() {
      for (const signal of cancelSignals) process.off(signal, cancel)
    },
  }
}

function readRun(request: RunRequest, runId: number): Promise<Pick<RunEnd, 'detail' | 'gates'>> {
  return withEngine({ project: request.projectFolder, workspace: request.workspaceFolder }, async (engine) => {
    const detail = await engine.call(runsMethods.show, { run_id: runId })
    const { gates } = await engine.call(gatesMethods.ofRun, { run_id: runId })
    return { detail, gates }
  })
}
