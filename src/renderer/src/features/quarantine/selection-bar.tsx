import { PencilLine, Play, Stamp, Trash2, X } from 'lucide-react'
import type { RefObject } from 'react'
import { keysText } from '../../lib/commands.ts'
import { useEngine } from '../../lib/engine.tsx'
import { formatCount, plural } from '../../lib/format.ts'
import type { Route } from '../../lib/route.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import type { DataGridHandle } from '../../ui/grid/data-column.ts'
import { openDialog, selectRows, type QuarantineDialog, type RowSelection } from './quarantine-store.ts'
import { replayAndTell } from './replay.ts'
import { listOf, targetOf, useSelection } from './use-target.ts'

interface SelectionBarProps {
  readonly route: Route
  /** Rows of the list. */
  readonly total: number
  /** Rows that readers see as held back. */
  readonly held: number
  readonly grid: RefObject<DataGridHandle | null>
}

/** What is selected and what can be done with it; it is always there, so that nothing moves when rows are selected. */
export function SelectionBar({ route, total, held, grid }: SelectionBarProps) {
  const engine = useEngine()
  const selection = useSelection(route)
  const list = listOf(route)
  const openRow = route.query.get('row')
  // With nothing selected, the open row is meant.
  const acting: RowSelection =
    selection.kind === 'none' && openRow !== null ? { kind: 'some', ids: [Number(openRow)] } : selection
  const isIdle = acting.kind === 'none'
  const ask = (dialog: QuarantineDialog) => {
    selectRows(acting, list)
    openDialog(dialog)
  }
  const replay = () => {
    const target = targetOf(acting, route)
    if (target !== null) void replayAndTell(engine, target)
  }
  const clear = () => {
    selectRows({ kind: 'none' }, list)
    grid.current?.focus()
  }
  return (
    <div className="selection-bar" role="group" aria-label="Selected rows">
      <span>
        {' '}
        <span role="status" className="selection-words">
          {selectionWords(selection, total, route.query.has('state') ? total : held)}
        </span>
        {selection.kind === 'some' && selection.ids.length < total && (
          <Button
            look="quiet"
            title={`Select all that match (${keysText('a')})`}
            onClick={() => selectRows({ kind: 'all' }, list)}
          >
            Select all {formatCount(total)} that match
          </Button>
        )}
        {selection.kind !== 'none' && (
          <IconButton label="Clear selection" icon={<X aria-hidden="true" />} onClick={clear} />
        )}
      </span>
      <span>
        {' '}
        <Button
          icon={<PencilLine aria-hidden="true" />}
          disabled={isIdle}
          title={`Correct the rows together (${keysText('e')}, with several selected)`}
          onClick={() => ask('edit')}
        >
          Edit…
        </Button>
        <Button
          icon={<Stamp aria-hidden="true" />}
          disabled={isIdle}
          title={`Accept the rows as they are (${keysText('w')})`}
          onClick={() => ask('waive')}
        >
          Waive
        </Button>
        <Button
          icon={<Trash2 aria-hidden="true" />}
          disabled={isIdle}
          title={`Leave the rows out on purpose (${keysText('d')})`}
          onClick={() => ask('discard')}
        >
          Discard
        </Button>
        <Button
          icon={<Play aria-hidden="true" />}
          disabled={isIdle}
          title={`Bring the rows to the models (${keysText('r')})`}
          onClick={replay}
        >
          Replay selected
        </Button>
      </span>{' '}
    </div>
  )
}

function selectionWords(selection: RowSelection, total: number, held: number): string {
  if (selection.kind === 'all') return `All ${formatCount(total)} that match`
  if (selection.kind === 'some') return `${formatCount(selection.ids.length)} selected`
  return total === held ? plural(total, 'row') : `${formatCount(total)} of ${plural(held, 'row')}`
}
