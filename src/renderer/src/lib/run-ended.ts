import type { Transport } from '#protocol/transport'
import { runsMethods, type RunDetail } from '#features/runs'
import { useWorkspaceVersion } from './workspace-version.ts'

/** Waits until a run has ended, however it did. */
export function runEnded(engine: Transport, runId: number): Promise<RunDetail> {
  const { promise, resolve, reject } = Promise.withResolvers<RunDetail>()
  const ask = () => {
    engine.call(runsMethods.show, { run_id: runId }).then((run) => {
      if (run.status !== 'running') resolve(run)
    }, reject)
  }
  // It grows with every change in the workspace, and after a lost connection.
  const stop = useWorkspaceVersion.subscribe(ask)
  ask()
  return promise.finally(stop)
}
