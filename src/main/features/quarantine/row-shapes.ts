import { z } from 'zod'
import { columnTypes } from '../../kernel/column-type.ts'

export const reason = z.object({
  field: z.string(),
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  /** A sentence for a person. */
  message: z.string(),
  /** The cell as delivered; null where it was absent. */
  raw_value: z.string().nullable(),
})
export type QuarantineReason = z.infer<typeof reason>

/**
 * open: held back; corrected: mended, valid with its corrections; released: left the quarantine, staged; waived: accepted on purpose;
 * discarded: left out on purpose. What a person did counts at once; `is_waiting` says that readers do not see it yet.
 */
export const rowState = z.enum(['open', 'corrected', 'released', 'waived', 'discarded'])
export type RowState = z.infer<typeof rowState>

export const rowAge = z.enum(['1 day', '7 days', '30 days', 'older'])

/** What narrows the quarantine: values of one facet are alternatives, facets add up. */
export const filter = z.object({
  /** All that readers see as held back, where absent. */
  state: z.array(rowState).optional(),
  source: z.array(z.string()).optional(),
  /** `field: rule`, as the facet gives it. */
  reason: z.array(z.string()).optional(),
  field: z.array(z.string()).optional(),
  rule: z.array(z.string()).optional(),
  /** Cells as delivered that broke a rule. */
  value: z.array(z.string()).optional(),
  company: z.array(z.string()).optional(),
  file: z.array(z.string()).optional(),
  /** The run that first saw the row. */
  run: z.array(z.int()).optional(),
  /** By the run that first saw the row, against now. */
  age: z.array(rowAge).optional(),
  /** True: with changes that wait for a replay; false: without. */
  waiting: z.boolean().optional(),
  /** Found anywhere in the raw record or the row id, ignoring case (ASCII). */
  text: z.string().optional(),
})
export type QuarantineFilter = z.infer<typeof filter>

const correctedCell = z.object({
  field: z.string(),
  raw_value: z.string().nullable(),
  new_value: z.string(),
  operation_id: z.int(),
})

export const row = z.object({
  id: z.int(),
  source: z.string(),
  row_id: z.string(),
  file: z.string(),
  line: z.int(),
  /** As the record names it, in its normal form where it has one; null where it names none. */
  company: z.string().nullable(),
  state: rowState,
  is_waiting: z.boolean(),
  first_run: z.int(),
  last_run: z.int(),
  times_seen: z.int(),
  /** Why it is (or was) held back, as delivered. */
  reasons: z.array(reason),
  /** The record's columns as delivered; empty for a record that could not be parsed. */
  cells: z.record(z.string(), z.string().nullable()),
  /** Corrections in force. `field` is `row` where the whole record was written anew. */
  corrections: z.array(correctedCell),
})
export type QuarantineRow = z.infer<typeof row>

export const facetValue = z.object({ value: z.string(), count: z.int() })
export type FacetValue = z.infer<typeof facetValue>

/** What the record becomes when it is staged; values as a person reads them. */
const typedCell = z.object({ column: z.string(), type: z.enum(columnTypes), value: z.string().nullable() })

/** What the contract says of a record with changed cells. */
export const judged = z.object({
  is_valid: z.boolean(),
  reasons: z.array(reason),
  /** Empty where the record is not valid. */
  typed: z.array(typedCell),
})

export const suggestion = z.object({
  field: z.string(),
  raw_value: z.string().nullable(),
  new_value: z.string(),
  /** A sentence: why this is likely meant. */
  reason: z.string(),
  /** 0 to 1. */
  confidence: z.number(),
  kind: z.string(),
})
export type RepairSuggestion = z.infer<typeof suggestion>

export const historyEntry = z.object({
  at: z.string(),
  run_id: z.int().nullable(),
  operation_id: z.int().nullable(),
  who: z.string(),
  /** A sentence: what happened to the row. */
  what: z.string(),
})
