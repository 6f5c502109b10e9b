import { onTestFinished } from 'vitest'
import type { OutputOf } from '#protocol/method'
import type {
  CellEdit,
  quarantineMethods,
  QuarantineRow,
  RowState,
} from '../../src/main/features/quarantine/protocol.ts'
import { openWorkbench } from '../../src/main/pipeline/run/open-workbench.ts'
import { benefits } from './feeds.ts'
import { quarantineHandlersOf } from './quarantine-handlers.ts'

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
  const handlers = quarantineHandlersOf(workbench)
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
