import { create } from 'zustand'
import type { Labelled } from './label-metric.ts'

interface LabelDialogState {
  /** What a label is being given to; null while none is. */
  readonly labelled: Labelled | null
  ask(labelled: Labelled): void
  close(): void
}

/** The dialog is not part of the cell that opens it, which the grid may draw anew at any time. */
export const useLabelDialog = create<LabelDialogState>((set) => ({
  labelled: null,
  ask: (labelled) => set({ labelled }),
  close: () => set({ labelled: null }),
}))
