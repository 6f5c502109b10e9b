import type { RowState } from '#features/quarantine'

/** The states of a row, as people read them. */
export const stateWords = {
  open: 'Open',
  corrected: 'Corrected',
  released: 'Released',
  waived: 'Waived',
  discarded: 'Discarded',
} as const satisfies Record<RowState, string>
