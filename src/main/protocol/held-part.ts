import { z } from 'zod'

/** Rows that a gate or a blocking check held back, those of one value of a column: readers see them as an earlier run left them. */
export const heldPart = z.object({
  column: z.string(),
  value: z.string(),
  /** The check that blocks it, or the gate in words. */
  check: z.string(),
  /** The source before which the gate stands; null for a check. */
  source: z.string().nullable(),
  /** The run whose rows are seen instead; 0 where none ever was. */
  since_run: z.int(),
  /** The part that it is held with, since a row moved from one to the other. */
  linked_to: z.string().nullable(),
})
export type HeldPart = z.infer<typeof heldPart>
