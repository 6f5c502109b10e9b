import type { RowTarget } from '#features/quarantine'
import type { Route } from '../../lib/route.ts'
import { filterFromAddress } from './filter-in-address.ts'
import { useQuarantineStore, type RowSelection } from './quarantine-store.ts'

/** Which rows a dialog is about, for the engine and in words. */
export interface DialogRows {
  readonly target: RowTarget
  /** `12 rows`, `all 312 rows that match` */
  readonly words: string
}

/** Names the list that an address shows; a selection made in one list means nothing in another. */
export function listOf(route: Route): string {
  return JSON.stringify(filterFromAddress(route.query))
}

/** What is selected of the list in view. */
export function useSelection(route: Route): RowSelection {
  const list = listOf(route)
  return useQuarantineStore((state) => (state.selectedIn === list ? state.selection : nothing))
}

/** What is selected of the list in view, outside of drawing. */
export function currentSelection(route: Route): RowSelection {
  const { selection, selectedIn } = useQuarantineStore.getState()
  return selectedIn === listOf(route) ? selection : nothing
}

/** A selection, as the engine takes it; null where nothing is selected. */
export function targetOf(selection: RowSelection, route: Route): RowTarget | null {
  if (selection.kind === 'none') return null
  return selection.kind === 'all' ? { filter: filterFromAddress(route.query) } : { ids: [...selection.ids] }
}

const nothing: RowSelection = { kind: 'none' }
