import { z } from 'zod'

const guard = z.object({
  guard: z.enum(['fan_out', 'growth', 'seconds', 'rows_read', 'time_limit']),
  status: z.enum(['pass', 'warn', 'fail']),
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
  inputs: z.array(input),
  /** Of the model's own rows by its grain. */
  keys: keySpread.nullable(),
  plan: z.array(planStep),
  plan_before: z.array(planStep),
  /** How the plan differs from that of the last good run, in words. */
  plan_changes: z.array(z.string()),
  guards: z.array(guard),
})
export type ModelProfile = z.infer<typeof modelProfile>
