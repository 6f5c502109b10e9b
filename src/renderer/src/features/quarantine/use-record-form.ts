import { useEffect, useMemo, useRef } from 'react'
import type { OutputOf } from '#protocol/method'
import type { quarantineMethods } from '#features/quarantine'
import { useCommands, type Command } from '../../lib/commands.ts'
import { focusForm, keepDraft, useQuarantineStore } from './quarantine-store.ts'

type Detail = OutputOf<typeof quarantineMethods.show>

/**
 * Forgets what was typed once the row has come back with it. Until then it stays in the form, so that the old text does not flash up
 * in between; the row may be back before the saving is answered.
 */
export function useForgetting(row: Detail): (saved: Detail) => void {
  const latest = useRef(row)
  const saved = useRef<Detail | null>(null)
  useEffect(() => {
    latest.current = row
    if (saved.current === null || saved.current === row) return
    saved.current = null
    keepDraft(row.id, null)
  }, [row])
  return (from) => {
    if (latest.current === from) saved.current = from
    else keepDraft(from.id, null)
  }
}

/** Puts the focus on the first bad cell, once that was asked for and the form is there. */
export function useFormFocus(id: number, form: { readonly current: HTMLFormElement | null }): void {
  const wanted = useQuarantineStore((state) => state.formToFocus === id)
  useEffect(() => {
    if (!wanted) return
    focusForm(null)
    const bad = form.current?.querySelector<HTMLElement>('[aria-invalid=true]')
    const field = bad ?? form.current?.querySelector<HTMLElement>('input, textarea')
    field?.focus()
    // As by Tab: what is typed takes the place of a bad value, but not of a whole record.
    if (field instanceof HTMLInputElement) field.select()
  }, [form, wanted])
}

/** Offers to save what is in the form by its key, also while one types. */
export function useSaveCommand(save: () => void): void {
  const latest = useRef(save)
  useEffect(() => {
    latest.current = save
  })
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'save-correction',
        title: 'Save correction',
        section: 'Repair',
        keys: 'Mod+Enter',
        isInPalette: true,
        run: () => latest.current(),
      },
    ],
    [],
  )
  useCommands(commands)
}
