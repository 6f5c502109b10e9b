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
import { onCancelSignal } from './cancel-signals.ts'
import { showProgress } from './output/show-progress.ts'
import { withEngine } from './with-engine.ts'

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
  const stopListening = onCancelSignal(() => jobs.interrupt())
  try {
    const { run_id: runId } = await jobs.start(request)
    void prepareReading(request)
    const failure = await follow(jobs, runId)
    const { detail, gates } = await readRun(request, runId).catch((error: unknown) => {
      // A workspace that cannot be read any more must not hide why the run failed.
      throw failure ?? error
    })
    return { detail, gates, error: failure === null ? detail.error : reportError(failure) }
  } finally {
    stopListening()
  }
}

/** Shows how the run goes until it has ended; returns the error that ended it early, if one did. */
async function follow(jobs: EngineJobs, runId: number): Promise<AppError | null> {
  const hideProgress = showProgress(() => jobs.current())
  try {
    await jobs.finished(runId)
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  } finally {
    hideProgress()
  }
}

/** Loads what is needed to tell of the run while it goes on; trouble with it is told where it is needed. */
async function prepareReading({ projectFolder }: RunRequest): Promise<void> {
  try {
    const { prepareDirectEngine } = await import('./open-direct-engine.ts')
    prepareDirectEngine(projectFolder)
  } catch {
    return
  }
}

function readRun(request: RunRequest, runId: number): Promise<Pick<RunEnd, 'detail' | 'gates'>> {
  return withEngine({ project: request.projectFolder, workspace: request.workspaceFolder }, async (engine) => {
    const detail = await engine.call(runsMethods.show, { run_id: runId })
    const { gates } = await engine.call(gatesMethods.ofRun, { run_id: runId })
    return { detail, gates }
  })
}
