import { onTestFinished } from 'vitest'
import type { OutputOf } from '#protocol/method'
import { quarantineHandlers } from '../../src/main/features/quarantine/handlers.ts'
import type {
  CellEdit,
  quarantineMethods,
  QuarantineRow,
  RowState,
} from '../../src/main/features/quarantine/protocol.ts'
import { openWorkbench } from '../../src/main/pipeline/run/open-workbench.ts'
import { runPipeline } from '../../src/main/pipeline/run/run-pipeline.ts'
import type { RunRequest } from '../../src/main/pipeline/run/run-request.ts'
import { engineContext } from './engine-context.ts'
import { benefits } from './feeds.ts'

const jobThread = new URL('../../src/main/hosts/engine/job-thread.ts', import.meta.url)
const everyState: readonly RowState[] = ['open', 'corrected', 'released', 'waived', 'discarded']

/** The quarantine of a workspace, as the workbench works with it; replays run in this process. */
export function openQuarantine(workspace: string, project = benefits) {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspace, create: false })
  let isOpen = true
  const close = () => {
    if (isOpen) workbench.close()
    isOpen = false
  }
  onTestFinished(close)
  const start = (request: RunRequest) => runPipeline(request, { started() {}, progress() {}, log() {} }, jobThread)
  const handlers = quarantineHandlers(engineContext(workbench, start))
  return {
    ...handlers,
    close,
    /** Every row that was ever held back, however it stands. */
    async rows(): Promise<readonly QuarantineRow[]> {
      const { rows } = await handlers.list({
        filter: { state: [...everyState] },
        offset: 0,
        limit: 1000,
        sort: { column: 'id', direction: 'asc' },
      })
      return rows
    },
    correctRow: (id: number, cells: Record<string, string>) =>
      handlers.correct({ target: { ids: [id] }, edit: { kind: 'cells', cells }, reason: '' }),
    correctAll: (edit: CellEdit) => handlers.correct({ target: { filter: {} }, edit, reason: '' }),
    replayAll: async (): Promise<OutputOf<typeof quarantineMethods.replay>> => handlers.replay({ preview: false }),
    replayRows: async (ids: number[]) => handlers.replay({ target: { ids }, preview: false }),
  }
}

export type Quarantine = ReturnType<typeof openQuarantine>
