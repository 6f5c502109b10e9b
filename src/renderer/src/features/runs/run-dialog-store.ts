import { create } from 'zustand'

interface RunDialogState {
  readonly isOpen: boolean
  /** The folder to start with, where feeds were dropped on the window; null for the one of the last run. */
  readonly input: string | null
  open(input?: string): void
  close(): void
}

/** Whether the run dialog is open; it can be asked for from every screen. */
export const useRunDialog = create<RunDialogState>((set) => ({
  isOpen: false,
  input: null,
  open: (input) => set({ isOpen: true, input: input ?? null }),
  close: () => set({ isOpen: false, input: null }),
}))
