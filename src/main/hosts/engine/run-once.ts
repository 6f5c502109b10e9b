import { AppError } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { runPipeline } from '../../pipeline/run/run-pipeline.ts'
import type { RunRequest } from '../../pipeline/run/run-request.ts'
import { entryUrl } from './entry-url.ts'
import type { JobMessage } from './job-message.ts'
import { openLog } from './workspace-log.ts'

/** Does one run and tells how it goes; never throws. */
export async function runOnce(request: RunRequest, tell: (message: JobMessage) => void): Promise<void> {
  const log = openLog(request.workspaceFolder, 'job')
  try {
    const outcome = await runPipeline(
      request,
      {
        started: (runId) => tell({ kind: 'started', runId }),
        progress: (progress) => tell({ kind: 'progress', progress }),
        log,
      },
      entryUrl('job-thread'),
    )
    tell({ kind: 'finished', outcome })
  } catch (error) {
    if (!(error instanceof AppError))
      log('error', error instanceof Error ? (error.stack ?? error.message) : String(error))
    tell({ kind: 'failed', error: reportError(error) })
  }
}
