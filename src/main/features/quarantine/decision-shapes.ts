import { z } from 'zod'
import { columnTypes } from '../../kernel/column-type.ts'
import { filter } from './row-shapes.ts'

/** Which rows: some, or all that match. */
export const target = z.union([z.object({ ids: z.array(z.int()).min(1).max(100_000) }), z.object({ filter })])
export type RowTarget = z.infer<typeof target>

/** How cells are changed; texts are raw cells, as a feed would deliver them. */
export const edit = z.discriminatedUnion('kind', [
  /** One row by hand: cells by field, or under `row` the whole record. */
  z.object({ kind: z.literal('cells'), cells: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('set'), field: z.string(), value: z.string() }),
  z.object({
    kind: z.literal('replace'),
    field: z.string(),
    find: z.string().min(1),
    with: z.string(),
    is_regex: z.boolean().default(false),
    ignore_case: z.boolean().default(false),
  }),
  /** Every cell that breaks a rule takes its best suggestion, where that is at least this sure. */
  z.object({ kind: z.literal('suggestions'), min_confidence: z.number().min(0).max(1), field: z.string().optional() }),
  /** Variants of a value become one. */
  z.object({ kind: z.literal('merge'), field: z.string(), from: z.array(z.string()).min(1), to: z.string() }),
])
export type CellEdit = z.infer<typeof edit>

const operationKind = z.enum(['correct', 'waive', 'discard', 'undo'])

export const operation = z.object({
  operation_id: z.int(),
  kind: operationKind,
  /** A sentence: what was done. */
  what: z.string(),
  who: z.string(),
  at: z.string(),
  reason: z.string(),
  rows: z.int(),
  /** The operation that this one took back. */
  undoes: z.int().nullable(),
  /** The operation that took this one back; null while it is in force. */
  undone_by: z.int().nullable(),
  /** Readers do not see its effect yet. */
  is_waiting: z.boolean(),
})
export type QuarantineOperation = z.infer<typeof operation>

/** waiting: not replayed yet; applied; retired: the source sends a good value now; conflict: it sends a third value; undone. */
export const correctionStatus = z.enum(['waiting', 'applied', 'retired', 'conflict', 'undone'])

export const correction = z.object({
  id: z.int(),
  operation_id: z.int(),
  source: z.string(),
  /** The record's key, or FILE:LINE where the key is what is broken. */
  identity: z.string(),
  field: z.string(),
  raw_value: z.string().nullable(),
  new_value: z.string(),
  status: correctionStatus,
  /** What the source delivered instead, for `retired` and `conflict`. */
  delivered_value: z.string().nullable(),
  who: z.string(),
  at: z.string(),
  reason: z.string(),
})
export type Correction = z.infer<typeof correction>

export const done = z.object({
  operation_id: z.int(),
  /** Rows that the operation is about. */
  rows: z.int(),
  /** Rows of the target that it left alone, and why. */
  left_alone: z.array(z.object({ rows: z.int(), why: z.string() })),
})

/** The first changes of an edit. */
export const changeSample = z.array(
  z.object({
    id: z.int(),
    row_id: z.string(),
    field: z.string(),
    before: z.string().nullable(),
    after: z.string(),
    is_valid: z.boolean(),
  }),
)

const change = z.enum(['appeared', 'vanished', 'changed'])
export const effect = z.object({
  run_id: z.int(),
  models: z.array(
    z.object({
      name: z.string(),
      layer: z.string(),
      appeared: z.int(),
      vanished: z.int(),
      changed: z.int(),
      columns: z.array(z.object({ name: z.string(), type: z.enum(columnTypes) })),
      /** The first rows of the effect, in the order of `columns`, as a person reads them; before or after is null where there is none. */
      rows: z.array(
        z.object({
          change,
          before: z.array(z.string().nullable()).nullable(),
          after: z.array(z.string().nullable()).nullable(),
        }),
      ),
    }),
  ),
})
export type ReplayEffect = z.infer<typeof effect>
