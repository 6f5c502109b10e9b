import { useMemo, useState } from 'react'
import type { WorkspaceInfo } from '#features/workspace'
import { useCommands, type Command } from '../../lib/commands.ts'
import type { ErrorReport } from '../../lib/error-report.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { RunDialog } from './run-dialog.tsx'
import { useRunDialog } from './run-dialog-store.ts'
import { useDroppedFeeds } from './use-dropped-feeds.ts'

/** Brings up the run dialog on any screen: by its command, or by feeds dropped on the window. */
export function RunStarter({ info }: { readonly info: WorkspaceInfo }) {
  const { isOpen, input, open, close } = useRunDialog()
  const [dropError, setDropError] = useState<ErrorReport | null>(null)
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'run-pipeline', title: 'Run pipeline', section: 'Run', keys: null, isInPalette: true, run: () => open() },
    ],
    [open],
  )
  useCommands(commands)
  useDroppedFeeds(info.host.has_folder_dialog, open, setDropError)
  return (
    <>
      {dropError !== null && <ErrorNotice error={dropError} />}
      {isOpen && <RunDialog key={input} info={info} input={input} onClose={close} />}
    </>
  )
}
