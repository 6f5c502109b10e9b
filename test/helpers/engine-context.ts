import type { EngineContext, RunJobs } from '../../src/main/features/context.ts'
import type { Workbench } from '../../src/main/pipeline/run/open-workbench.ts'

const startNone = () => Promise.reject(new Error('no run is started here'))

/** What handlers answer from, as the engine gives it to them; no run goes on, and `start` starts one. */
export function engineContext(workbench: Workbench, start: RunJobs['start'] = startNone): EngineContext {
  return {
    workbench,
    jobs: { start, cancel: () => Promise.resolve(), isGoingOn: () => false, current: () => null },
    host: { kind: 'cli', has_folder_dialog: false },
    announce() {},
  }
}
