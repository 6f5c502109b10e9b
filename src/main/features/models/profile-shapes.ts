import { z } from 'zod'
import { checkStatuses } from '../../kernel/check-status.ts'

const guard = z.object({
  guard: z.enum(['fan_out', 'growth', 'seconds', 'rows_read', 'time_limit', 'unit_test']),
  status: z.enum(checkStatuses),
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  message: z.string(),
})

const planStep = z.object({
  id: z.int(),
  parent: z.int(),
  /** In SQLite's words. */
  detail: z.string(),
  /** What it costs, in ours: full scans, missing indexes, sorts; null where there is nothing to say. */
  note: z.string().nullable(),
  is_costly: z.boolean(),
})

/** How the rows of an input, or of the model itself, spread over the values of some columns. */
const keySpread = z.object({
  columns: z.array(z.string()),
  rows: z.int(),
  distinct: z.int(),
  most_rows: z.int(),
  /** The most rows of one key in the last good run; null where there is none. */
  most_rows_before: z.int().nullable(),
  top: z.array(z.object({ key: z.string(), rows: z.int() })),
})
export type KeySpread = z.infer<typeof keySpread>

const input = z.object({
  name: z.string(),
  kind: z.enum(['source', 'model', 'enrichment']),
  /** In the run; null where that was not recorded. */
  rows: z.int().nullable(),
  rows_before: z.int().nullable(),
  /** Rows of the model for each row of the input; null where either is unknown. */
  ratio: z.number().nullable(),
  /** By the columns that the joins go by, else by those that it shares with the grain; null where it has neither, or the keys were not asked for. */
  keys: keySpread.nullable(),
})

/** Rows counted up to a limit. */
const countedRows = z.object({
  rows: z.int(),
  /** There are more: counting ended there. */
  is_more: z.boolean(),
})
export type CountedRows = z.infer<typeof countedRows>

/** The rows on both sides of a join and those that it gives, before any WHERE; null where they were not counted. */
const joinRows = z.object({
  left: countedRows.nullable(),
  right: countedRows.nullable(),
  out: countedRows.nullable(),
  /** Whether it gives more rows than its left side has, fewer, or as many. */
  effect: z.enum(['multiplies', 'loses', 'keeps']).nullable(),
})

const join = z.object({
  /** The name of the query within the model that it stands in, else `the SELECT`. */
  place: z.string(),
  kind: z.string(),
  /** The right side, with its alias. */
  joined: z.string(),
  /** With its ON or USING. */
  condition: z.string().nullable(),
  /** Null where nothing was counted. */
  rows: joinRows.nullable(),
  /** In the last good run. */
  rows_before: joinRows.nullable(),
})
export type ModelJoin = z.infer<typeof join>

export const modelProfile = z.object({
  name: z.string(),
  run_id: z.int(),
  /** The run that built the model as it stands in `run_id`; null where none recorded how. */
  built_in: z.int().nullable(),
  scope: z.enum(['whole', 'part']).nullable(),
  rows: z.int().nullable(),
  seconds: z.number().nullable(),
  /** The last good run that built it in the same scope, to compare with. */
  last_good: z.object({ run_id: z.int(), rows: z.int(), seconds: z.number() }).nullable(),
  /**
   * Where none built it in the same scope: the last good run that built it in the other one. Rows compare with that, time and plan do not.
   */
  last_other: z.object({ run_id: z.int(), rows: z.int(), seconds: z.number() }).nullable(),
  inputs: z.array(input),
  /** In the order in which the model's SELECT has them. */
  joins: z.array(join),
  /** Why joins were not found or not counted, in words. */
  joins_note: z.string().nullable(),
  /** Of the model's own rows by its grain. */
  keys: keySpread.nullable(),
  plan: z.array(planStep),
  plan_before: z.array(planStep),
  /** How the plan differs from that of the last good run, in words. */
  plan_changes: z.array(z.string()),
  guards: z.array(guard),
})
export type ModelProfile = z.infer<typeof modelProfile>
