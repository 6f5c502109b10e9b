import { FileDown, Play, Telescope, Undo2 } from 'lucide-react'
import { useId, useMemo } from 'react'
import { quarantineMethods } from '#features/quarantine'
import { keysText, useCommands, type Command } from '../../lib/commands.ts'
import { useEngine } from '../../lib/engine.tsx'
import { formatCount, plural } from '../../lib/format.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { undo } from './operations.ts'
import { openDialog } from './quarantine-store.ts'
import { replayAll } from './replay.ts'

/** Enough to find what Undo would take back; the engine knows it in any case. */
const recentOperations = 30

/** What can be done on every tab of the quarantine: take back, send back, look ahead, replay. */
export function ScreenActions({ isPublished }: { readonly isPublished: boolean }) {
  const engine = useEngine()
  const waiting = useQuery(quarantineMethods.waiting, {}, { keepPrevious: true }).data?.rows ?? 0
  const operations = useQuery(quarantineMethods.operations, { limit: recentOperations }, { keepPrevious: true }).data
  const latest = operations?.operations.find(({ kind, undone_by: undoneBy }) => kind !== 'undo' && undoneBy === null)
  const canUndo = latest !== undefined || (operations?.total ?? 0) > recentOperations
  const waitingId = useId()

  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'undo',
        title: 'Undo the latest operation',
        section: 'Repair',
        keys: 'Mod+z',
        isInPalette: true,
        run: () => void undo(engine),
      },
      {
        id: 'replay-all',
        title: 'Replay all',
        section: 'Run',
        keys: null,
        isInPalette: true,
        run: () => void replayAll(engine),
      },
      {
        id: 'preview-effect',
        title: 'Preview the effect of a replay',
        section: 'Run',
        keys: null,
        isInPalette: true,
        run: () => openDialog('effect'),
      },
      {
        id: 'send-back',
        title: 'Export rows for their source',
        section: 'Repair',
        keys: null,
        isInPalette: true,
        run: () => openDialog('export'),
      },
      {
        id: 'import-mended',
        title: 'Import a mended file',
        section: 'Repair',
        keys: null,
        isInPalette: true,
        run: () => openDialog('import'),
      },
    ],
    [engine],
  )
  useCommands(commands)

  return (
    <>
      <Button
        icon={<Undo2 aria-hidden="true" />}
        aria-disabled={!canUndo}
        title={latest === undefined ? 'Nothing to undo' : `Undo: ${latest.what} (${keysText('Mod+z')})`}
        onClick={() => canUndo && void undo(engine)}
      >
        Undo
      </Button>
      <Button
        icon={<FileDown aria-hidden="true" />}
        title="Write rows to a file for their source to mend"
        onClick={() => openDialog('export')}
      >
        Export
      </Button>
      <Button
        icon={<Telescope aria-hidden="true" />}
        disabled={!isPublished}
        title="See what a replay of the selected rows, or of all that wait, would do to the models"
        onClick={() => openDialog('effect')}
      >
        Preview effect
      </Button>
      <Button
        look="primary"
        icon={<Play aria-hidden="true" />}
        disabled={!isPublished}
        title="Bring all that waits to the models"
        aria-describedby={waitingId}
        onClick={() => void replayAll(engine)}
      >
        Replay all
        {waiting > 0 && (
          <span className="waiting-count" aria-hidden="true">
            {formatCount(waiting)}
          </span>
        )}
      </Button>
      <span id={waitingId} className="visually-hidden">
        {waiting === 0 ? 'Nothing waits' : `${plural(waiting, 'row waits', 'rows wait')} for a replay`}
      </span>
    </>
  )
}
