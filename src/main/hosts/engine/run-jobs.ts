import { runProgressed, type RunProgress } from '#features/runs'
import { workspaceChanged } from '#features/workspace'
import { AppError, errorFromReport } from '../../kernel/app-error.ts'
import type { RunJobs } from '../../features/context.ts'
import type { Log } from '../../kernel/log.ts'
import { reportError } from '../../kernel/report-error.ts'
import { wasCancelledElsewhere } from '../../pipeline/run/cancel-elsewhere.ts'
import { endOverlongRun } from '../../pipeline/run/end-overlong-run.ts'
import { endRun } from '../../pipeline/run/end-run.ts'
import type { RunOutcome } from '../../pipeline/run/run-context.ts'
import type { RunRequest } from '../../pipeline/run/run-request.ts'
import type { Service } from '../../protocol/create-service.ts'
import type { ForkedProcess, ForkProcess } from './forked-process.ts'
import type { JobMessage } from './job-message.ts'
import { watchModelTimes, type ModelTimes, type OverlongModel } from './watch-model-times.ts'

/** The runs that this engine starts, one at a time, each in a process that may be killed at any moment. */
export interface EngineJobs extends RunJobs {
  /** Resolves when the latest run has ended, published or blocked; rejects where it failed, died or was cancelled. */
  finished(runId: number): Promise<RunOutcome>
  /** Cancels what was started last, at once and also where it has not said yet which run it is; how it ended tells its start or its end. */
  interrupt(): void
}

/** How long a job that is to be cancelled may take to say which run it is, so that the run is recorded as cancelled. */
const lastWordMilliseconds = 500

interface Job {
  readonly process: ForkedProcess
  readonly request: RunRequest
  readonly started: PromiseWithResolvers<{ run_id: number }>
  readonly ended: PromiseWithResolvers<RunOutcome>
  runId: number | null
  progress: RunProgress | null
  lastWords: Extract<JobMessage, { kind: 'finished' | 'failed' }> | null
  /** Ends the process where a model takes too long. */
  readonly times: ModelTimes
  overlong: OverlongModel | null
  isCancelled: boolean
  isOver: boolean
}

/** Starts runs as job processes; `publish` tells those who listen how they go. */
export function createRunJobs(options: { fork: ForkProcess; publish: Service['publish']; log: Log }): EngineJobs {
  const { fork, publish, log } = options
  let latest: Job | null = null
  const isGoingOn = (runId: number) => latest?.runId === runId && !latest.isOver

  return {
    async start(request) {
      if (latest !== null && !latest.isOver) throw busy(latest)
      const job = createJob(fork('job'), request)
      latest = job
      job.process.onMessage((text) => hear(job, JSON.parse(text) as JobMessage, publish))
      job.process.onClose(() => end(job, publish, log))
      job.process.send(JSON.stringify(request))
      return job.started.promise
    },
    isGoingOn,
    async cancel(runId) {
      if (latest === null || !isGoingOn(runId)) {
        throw new AppError('NOT_FOUND', `Run ${runId} is not going on here.`, {
          saved: 'Nothing was changed.',
          hint: 'Look at the list of runs: it may have ended by now.',
        })
      }
      latest.isCancelled = true
      latest.process.kill()
      await latest.ended.promise.catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'CANCELLED') throw error
      })
    },
    current: () => (latest === null || latest.isOver ? null : latest.progress),
    async finished(runId) {
      if (latest?.runId !== runId) throw new AppError('NOT_FOUND', `Run ${runId} was not started here.`)
      return latest.ended.promise
    },
    interrupt() {
      if (latest === null || latest.isOver) return
      const { process, runId } = latest
      // Also where the signal reached the process of the run too, which may have died of it by now.
      latest.isCancelled = true
      if (runId === null) setTimeout(process.kill, lastWordMilliseconds).unref()
      else process.kill()
    },
  }
}

function busy({ runId }: Job): AppError {
  return new AppError('WORKSPACE_LOCKED', `${runId === null ? 'A run' : `Run ${runId}`} is going on already.`, {
    saved: 'Nothing was changed.',
    hint: 'Wait until it has ended or cancel it, then run again.',
  })
}

function createJob(process: ForkedProcess, request: RunRequest): Job {
  const job: Job = {
    process,
    request,
    started: Promise.withResolvers(),
    ended: Promise.withResolvers(),
    runId: null,
    progress: null,
    lastWords: null,
    times: watchModelTimes((overlong) => {
      job.overlong = overlong
      process.kill()
    }),
    overlong: null,
    isCancelled: false,
    isOver: false,
  }
  // Most runs have nobody who waits for their end; the record of the run tells it.
  job.ended.promise.catch(() => undefined)
  return job
}

function hear(job: Job, message: JobMessage, publish: Service['publish']): void {
  switch (message.kind) {
    case 'started':
      job.runId = message.runId
      job.started.resolve({ run_id: message.runId })
      if (job.isCancelled) job.process.kill()
      publish(workspaceChanged, { reason: `run ${message.runId} started` })
      return
    case 'progress':
      job.progress = message.progress
      job.times.hear(message.progress)
      publish(runProgressed, message.progress)
      return
    case 'finished':
    case 'failed':
      job.lastWords = message
      job.process.kill()
  }
}

/** The process is gone: what it said last, or that it said nothing, is how the run ended. */
function end(job: Job, publish: Service['publish'], log: Log): void {
  const { lastWords, runId } = job
  job.isOver = true
  job.times.rest()
  if (lastWords?.kind === 'finished') {
    job.ended.resolve(lastWords.outcome)
  } else {
    const error = lastWords === null ? recordEnd(job, log) : errorFromReport(lastWords.error)
    job.started.reject(error)
    job.ended.reject(error)
  }
  if (runId !== null) publish(workspaceChanged, { reason: `run ${runId} ended` })
}

/** Notes in the workspace that a run was cancelled or died, which it could not do itself; returns the error that says so. */
function recordEnd({ runId, overlong, request, ...job }: Job, log: Log): AppError {
  const isCancelled = job.isCancelled || (runId !== null && wasCancelledElsewhere(request.workspaceFolder, runId))
  const saved = 'Nothing of it was published; what was published before is untouched.'
  const name = runId === null ? 'The run' : `Run ${runId}`
  const error = isCancelled
    ? new AppError('CANCELLED', `${name} was cancelled.`, {
        saved,
        hint:
          runId === null
            ? 'Start it again when you want to.'
            : 'Resume it when you want to: it goes on where it stopped.',
      })
    : new AppError('ENVIRONMENT', `${name} ended unexpectedly: its process was killed or crashed.`, {
        saved,
        hint: 'See whether the machine ran out of memory, then resume it: it goes on where it stopped.',
      })
  if (!isCancelled) log('error', error.message)
  if (runId === null) return error
  try {
    if (!isCancelled && overlong !== null)
      return endOverlongRun(request.workspaceFolder, runId, overlong.model, overlong.seconds)
    const status = endRun(request.workspaceFolder, runId, isCancelled ? 'cancelled' : 'failed', reportError(error))
    if (status !== 'published') return error
    return new AppError(error.code, error.message, {
      saved: `${name} was published before; it may not be measured, and not all of its exports written.`,
      hint: 'Write the exports with: assay export --out FOLDER. The next run measures anew.',
    })
  } catch (failure) {
    log('error', `the end of run ${runId} could not be recorded: ${String(failure)}`)
    return failure instanceof AppError
      ? failure
      : new AppError('INTERNAL', reportError(failure).message, { cause: failure })
  }
}
