import { useMemo, type RefObject } from 'react'
import { useCommands, type Command } from '../../lib/commands.ts'
import { useEngine } from '../../lib/engine.tsx'
import { currentRoute, hrefWith, navigate } from '../../lib/route.ts'
import { tell } from '../../lib/toasts.ts'
import type { DataGridHandle } from '../../ui/grid/data-column.ts'
import { focusForm, openDialog, selectRows, type QuarantineDialog } from './quarantine-store.ts'
import { replayAll, replayAndTell } from './replay.ts'
import { currentSelection, listOf, targetOf } from './use-target.ts'

/** The keys of the list of rows: edit, select all, waive, discard, replay. */
export function useRowCommands(grid: RefObject<DataGridHandle | null>): void {
  const engine = useEngine()
  const commands = useMemo<readonly Command[]>(() => {
    // With nothing selected, what one looks at is meant.
    const lookedAt = () => currentRoute().query.get('row') ?? grid.current?.focusedRow() ?? null
    const withRows = (dialog: QuarantineDialog) => {
      const route = currentRoute()
      if (currentSelection(route).kind === 'none') {
        const row = lookedAt()
        if (row === null) {
          tell('Select rows first: Space selects one, A all that match.', { tone: 'info' })
          return
        }
        selectRows({ kind: 'some', ids: [Number(row)] }, listOf(route))
      }
      openDialog(dialog)
    }
    const edit = () => {
      const selection = currentSelection(currentRoute())
      // Several selected rows are meant together, as they are by the other keys.
      if (selection.kind === 'all' || (selection.kind === 'some' && selection.ids.length > 1)) {
        openDialog('edit')
        return
      }
      if (grid.current?.edit() === true) return
      const row = lookedAt()
      if (row === null) return
      const route = currentRoute()
      focusForm(Number(row))
      navigate(hrefWith(route, { row }), route.query.has('row') ? 'replace' : 'push')
    }
    const replay = () => {
      const route = currentRoute()
      const target = targetOf(currentSelection(route), route)
      return target === null ? replayAll(engine) : replayAndTell(engine, target)
    }
    const all = () => selectRows({ kind: 'all' }, listOf(currentRoute()))
    return [
      { ...repair('edit', 'Edit the cell, the row in its form, or the selected rows', 'e'), run: edit },
      { ...repair('edit-rows', 'Edit the selected rows', null), run: () => withRows('edit') },
      { ...repair('select-all', 'Select all rows that match', 'a'), run: all },
      { ...repair('waive', 'Waive the selected rows', 'w'), run: () => withRows('waive') },
      { ...repair('discard', 'Discard the selected rows', 'd'), run: () => withRows('discard') },
      { ...repair('replay', 'Replay the selected rows, or all that wait', 'r'), run: () => void replay() },
    ]
  }, [engine, grid])
  useCommands(commands)
}

function repair(id: string, title: string, keys: string | null): Omit<Command, 'run'> {
  return { id, title, section: 'Repair', keys, isInPalette: true }
}
