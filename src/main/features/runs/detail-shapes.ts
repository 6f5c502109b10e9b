import { z } from 'zod'
import { heldPart } from '#protocol/held-part'
import { checkStatuses } from '../../kernel/check-status.ts'
import { runSummary } from './summary-shapes.ts'

/** The book of one source: `rows_read + released + withdrawn = inserted + updated + unchanged + superseded + quarantined`. */
const sourceBook = z.object({
  rows_read: z.int(),
  released: z.int(),
  /** Staged rows that people decided about: they were judged anew. */
  withdrawn: z.int(),
  inserted: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  superseded: z.int(),
  quarantined: z.int(),
  /** ISO 8601 instant, or null where the source has no dates. */
  high_water_mark: z.string().nullable(),
})
export type SourceBook = z.infer<typeof sourceBook>

const modelResult = z.object({
  name: z.string(),
  /** What readers see of it where the run is published in part. */
  rows: z.int(),
  /** What they saw in the run published before; null for the first. */
  previous_rows: z.int().nullable(),
  seconds: z.number(),
  /** Whether the run built all of it, or the parts that changed; null where it was left as it was. */
  built: z.enum(['whole', 'part']).nullable(),
})
export type ModelResult = z.infer<typeof modelResult>

const checkResult = z.object({
  name: z.string(),
  model: z.string(),
  column: z.string().nullable(),
  severity: z.enum(['warn', 'error']),
  status: z.enum(checkStatuses),
  failures: z.int(),
  blocking: z.boolean(),
  /** The column whose values it holds back one by one where it blocks; null where it blocks the run, or is not of the project any more. */
  per: z.string().nullable(),
})
export type CheckResult = z.infer<typeof checkResult>

/** What a guard of a model says that is not as it should be. */
const guardResult = z.object({
  model: z.string(),
  /** fan_out, growth, seconds, rows_read, time_limit or unit_test */
  guard: z.string(),
  status: z.enum(['warn', 'fail']),
  value: z.number(),
  /** Between what the value should have been; null where it is open. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  message: z.string(),
})

const feedFile = z.object({
  file: z.string(),
  source: z.string(),
  bytes: z.int(),
  rows_read: z.int(),
  rows_quarantined: z.int(),
  /** utf-8, utf-16le, utf-16be or windows-1252 */
  encoding: z.string(),
  format: z.string(),
  warnings: z.array(z.string()),
  /** It was read by an earlier run, and not again. */
  is_known: z.boolean(),
})

const logLine = z.object({ at: z.string(), level: z.enum(['info', 'warn', 'error']), message: z.string() })

/** A limit that the run was made with, and how many of the rows that it read are held by it. */
const runLimit = z.object({
  source: z.string(),
  /** Rows that the run took in at the most; null for all. */
  max_rows: z.int().nullable(),
  /** Companies whose rows were held. */
  companies: z.array(z.string()),
  /** Empty where that was not kept. */
  set_by: z.string(),
  reason: z.string(),
  held_rows: z.int(),
})
export type RunLimit = z.infer<typeof runLimit>

export const runDetail = z.object({
  ...runSummary.shape,
  /** How many sources and models the project has; what the run did not come to is not among its sources and models. */
  source_count: z.int(),
  model_count: z.int(),
  /** How long each source took that was read; not of runs before this was kept. */
  source_seconds: z.record(z.string(), z.number()),
  /** Whether readers saw another run when it began. */
  has_run_before: z.boolean(),
  sources: z.record(z.string(), sourceBook),
  models: z.array(modelResult),
  checks: z.array(checkResult),
  /** Those that warn or fail, the worst first. */
  guards: z.array(guardResult),
  held: z.array(heldPart),
  limits: z.array(runLimit),
  files: z.array(feedFile),
  rejected_files: z.array(z.object({ file: z.string(), reason: z.string() })),
  exports: z.array(z.string()),
  log: z.array(logLine),
})
export type RunDetail = z.infer<typeof runDetail>
