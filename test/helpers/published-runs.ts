import { onTestFinished } from 'vitest'
import { runsHandlers } from '../../src/main/features/runs/handlers.ts'
import { openWorkbench } from '../../src/main/pipeline/run/open-workbench.ts'
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
  const handlers = runsHandlers({
    workbench,
    jobs: {
      start: () => Promise.reject(new Error('no run is started here')),
      cancel: () => Promise.resolve(),
      isGoingOn: () => false,
      current: () => null,
    },
    host: { kind: 'cli', has_folder_dialog: false },
    announce() {},
  })
  return {
    workbench,
    close,
    all: async () => handlers.list({ limit: 500 }),
    show: async (runId: number) => handlers.show({ run_id: runId }),
    rollBack: async (runId: number, reason = '') => handlers.rollback({ run_id: runId, reason }),
    release: async (runId: number, reason = 'it is so') => handlers.release({ run_id: runId, reason }),
    discard: async (runId: number) => handlers.discard({ run_id: runId }),
  }
}
