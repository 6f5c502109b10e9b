import { create } from 'zustand'

/** What is selected of a list: nothing, some rows, or all that match, read or not. */
export type RowSelection =
  { readonly kind: 'none' } | { readonly kind: 'some'; readonly ids: readonly number[] } | { readonly kind: 'all' }

export type QuarantineDialog = 'edit' | 'waive' | 'discard' | 'effect' | 'export' | 'import'

/** Cells that were typed into, by field. */
export type Draft = Readonly<Record<string, string>>

interface QuarantineState {
  readonly selection: RowSelection
  /** The list that the selection was made in; it means nothing in another one. */
  readonly selectedIn: string
  readonly dialog: QuarantineDialog | null
  /** What was typed into the form and not saved, by row: looking at another row loses nothing. */
  readonly drafts: Readonly<Record<number, Draft>>
  /** The row whose form is to take the focus as soon as it is there. */
  readonly formToFocus: number | null
}

/** What the parts of the quarantine screen share. */
export const useQuarantineStore = create<QuarantineState>(() => ({
  selection: { kind: 'none' },
  selectedIn: '',
  dialog: null,
  drafts: {},
  formToFocus: null,
}))

/** Selects rows of the list that `selectedIn` names. */
export function selectRows(selection: RowSelection, selectedIn: string): void {
  useQuarantineStore.setState({ selection, selectedIn })
}

/** Opens a dialog; null closes it. */
export function openDialog(dialog: QuarantineDialog | null): void {
  useQuarantineStore.setState({ dialog })
}

/** Keeps what was typed into a row's form; null forgets it. */
export function keepDraft(row: number, draft: Draft | null): void {
  useQuarantineStore.setState(({ drafts: { [row]: _replaced, ...others } }) => ({
    drafts: draft === null ? others : { ...others, [row]: draft },
  }))
}

/** Wants the focus in the form of a row; null once it is there. */
export function focusForm(formToFocus: number | null): void {
  useQuarantineStore.setState({ formToFocus })
}
