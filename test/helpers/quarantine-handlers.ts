import { quarantineHandlers } from '../../src/main/features/quarantine/handlers.ts'
import type { Workbench } from '../../src/main/pipeline/run/open-workbench.ts'
import { runPipeline } from '../../src/main/pipeline/run/run-pipeline.ts'
import type { RunRequest } from '../../src/main/pipeline/run/run-request.ts'
import { engineContext } from './engine-context.ts'

const jobThread = new URL('../../src/main/hosts/engine/job-thread.ts', import.meta.url)

/** What the quarantine of a workspace is asked; replays run in this process. */
export function quarantineHandlersOf(workbench: Workbench) {
  const start = (request: RunRequest) => runPipeline(request, { started() {}, progress() {}, log() {} }, jobThread)
  return quarantineHandlers(engineContext(workbench, start))
}
