import { expect } from 'vitest'
import { endRun } from '../../src/main/pipeline/run/end-run.ts'
import { lastRunOf } from '../../src/main/pipeline/run/resume/find-resumable.ts'
import { runPipeline } from '../../src/main/pipeline/run/run-pipeline.ts'
import type { RunStage } from '../../src/main/pipeline/run/run-progress.ts'
import type { RunRequest } from '../../src/main/pipeline/run/run-request.ts'
import { openWorkspace } from '../../src/main/store/open-workspace.ts'
import { runUntilKilled } from './killed-run.ts'

const jobThread = new URL('../../src/main/hosts/engine/job-thread.ts', import.meta.url)
const silent = { started() {}, progress() {}, log() {} }

/** Does a run that nobody listens to. */
export const runSilently = (request: RunRequest) => runPipeline(request, silent, jobThread)

/** Does a run that ends without a word as soon as it has come to a stage. */
export async function crash(request: RunRequest, at: RunStage): Promise<void> {
  const listener = {
    ...silent,
    progress({ stage }: { readonly stage: RunStage }) {
      if (stage === at) throw new Error('the lights went out')
    },
  }
  await expect(runPipeline(request, listener, jobThread)).rejects.toThrow('the lights went out')
}

/** Does a run that kill -9 ends, and says that it was cancelled where it was. */
export async function kill(workspace: string, request: RunRequest, at: number, isCancelled: boolean): Promise<void> {
  if ((await runUntilKilled(request, at)) !== null || !isCancelled) return
  const { connection } = openWorkspace(workspace)
  const running = connection.prepare("SELECT run_id FROM assay_run WHERE status = 'running'").pluck().get()
  connection.close()
  if (running !== undefined) endRun(workspace, Number(running), 'cancelled', null)
}

/** Resumes the last run, where it was broken off, and kills it again before a statement, or lets it come to its end. */
export async function resume(workspace: string, killedAt: number | null): Promise<void> {
  const { connection } = openWorkspace(workspace)
  const last = lastRunOf(connection)
  connection.close()
  if (last === null || last.status === 'published' || last.request === null) return
  const request = { ...last.request, resume: last.runId }
  if (killedAt === null) await runSilently(request)
  else await kill(workspace, request, killedAt, false)
}
