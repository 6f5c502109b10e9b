import { useEffect, useId, useMemo, useRef } from 'react'
import { create } from 'zustand'

/** One thing that a key, the palette or a button does; the only place where its words and keys stand. */
export interface Command {
  readonly id: string
  readonly title: string
  /** Heading in the list of keys. */
  readonly section: 'Go to' | 'Find' | 'Repair' | 'Run' | 'View'
  /** `/`, `Escape`, `F6`, `Mod+k` (Ctrl, or Cmd on a Mac), or a sequence such as `g r`; null: palette only. */
  readonly keys: string | null
  /** False for what makes sense by its key alone. */
  readonly isInPalette: boolean
  run(): void
}

interface CommandState {
  /** In order of arrival: what came last stands innermost and gets a key first. */
  readonly commands: readonly Command[]
  add(commands: readonly Command[]): () => void
}

export const useCommandTable = create<CommandState>((set) => ({
  commands: [],
  add: (added) => {
    set((state) => ({ commands: [...state.commands, ...added] }))
    return () => set((state) => ({ commands: state.commands.filter((command) => !added.includes(command)) }))
  },
}))

/** Offers commands while the calling component is shown; the array must be kept stable by the caller. */
export function useCommands(commands: readonly Command[]): void {
  const add = useCommandTable((state) => state.add)
  useEffect(() => add(commands), [add, commands])
}

/** Offers one command in the palette while the calling component is shown, and `isOffered`. */
export function usePaletteCommand(title: string, run: () => void, isOffered = true): void {
  const id = useId()
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  const commands = useMemo<readonly Command[]>(() => {
    if (!isOffered) return []
    return [{ id, title, section: 'Run', keys: null, isInPalette: true, run: () => latest.current() }]
  }, [id, title, isOffered])
  useCommands(commands)
}

/** A command's keys as people write them: `Ctrl+K`, `G then R`. */
export function keysText(keys: string): string {
  const isMac = navigator.platform.startsWith('Mac')
  return keys
    .split(' ')
    .map((stroke) => stroke.replace('Mod', isMac ? '⌘' : 'Ctrl').replace('Escape', 'Esc'))
    .map((stroke) =>
      stroke.replace(/(^|\+)([a-z])$/, (_all, plus: string, letter: string) => plus + letter.toUpperCase()),
    )
    .join(' then ')
}
