import { onTestFinished } from 'vitest'
import { runsHandlers } from '../../src/main/features/runs/handlers.ts'
import { openWorkbench } from '../../src/main/pipeline/run/open-workbench.ts'
import { engineContext } from './engine-context.ts'
import { benefits } from './feeds.ts'

/** What can be done with the runs of a workspace once they have ended, as the workbench does it. */
export function openRuns(workspace: string, project = benefits) {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspace, create: false })
  let isOpen = true
  const close = () => {
    if (isOpen) workbench.close()
    isOpen = false
  }
  onTestFinished(close)
  const handlers = runsHandlers(engineContext(workbench))
  return {
    workbench,
    close,
    all: async () => handlers.list({ limit: 500 }),
    show: async (runId: number) => handlers.show({ run_id: runId }),
    rollBack: async (runId: number, reason = '') => handlers.rollback({ run_id: runId, reason }),
    release: async (runId: number, reason = 'it is so') => handlers.release({ run_id: runId, reason }),
    inspect: async (runId: number) => handlers.inspect({ run_id: runId }),
    discard: async (runId: number) => handlers.discard({ run_id: runId, reason: 'not wanted' }),
  }
}
