import { AppError } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { runPipeline } from '../../pipeline/run/run-pipeline.ts'
import type { RunRequest } from '../../pipeline/run/run-request.ts'
import { entryUrl } from './entry-url.ts'
import type { JobMessage } from './job-message.ts'
import { parentChannel } from './parent-channel.ts'
import { followParent } from './watchdog.ts'
import { openLog } from './workspace-log.ts'

// The process of one run. It is killed when the run is cancelled, and after its last words: it never ends by itself.
const channel = parentChannel()
const tell = (message: JobMessage) => channel.send(JSON.stringify(message))

followParent()
channel.onMessage((text) => void runOnce(JSON.parse(text) as RunRequest))

async function runOnce(request: RunRequest): Promise<void> {
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
