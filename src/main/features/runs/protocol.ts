import { z } from 'zod'
import { errorReport } from '#protocol/error-report'
import { method, topic } from '#protocol/method'

export const runStatus = z.enum(['running', 'published', 'blocked', 'failed', 'cancelled'])
export type RunStatus = z.infer<typeof runStatus>

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD')

/** feeds: read what was delivered; replay: brought what people decided to the models; preview: built the same aside. */
const runKind = z.enum(['feeds', 'replay', 'preview'])

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
  rows: z.int(),
  /** Rows in the run published before; null for the first. */
  previous_rows: z.int().nullable(),
  seconds: z.number(),
})
export type ModelResult = z.infer<typeof modelResult>

const checkResult = z.object({
  name: z.string(),
  model: z.string(),
  column: z.string().nullable(),
  severity: z.enum(['warn', 'error']),
  status: z.enum(['pass', 'warn', 'fail']),
  failures: z.int(),
  blocking: z.boolean(),
})
export type CheckResult = z.infer<typeof checkResult>

const runSummary = z.object({
  run_id: z.int(),
  kind: runKind,
  status: runStatus,
  /** True for the one run that readers and exports see now. */
  is_current: z.boolean(),
  as_of: day,
  input: z.string(),
  started_at: z.string(),
  started_by: z.string(),
  finished_at: z.string().nullable(),
  seconds: z.number().nullable(),
  rows_read: z.int(),
  /** inserted + updated + unchanged */
  rows_staged: z.int(),
  rows_quarantined: z.int(),
  /** Rows of all models, and the change against the run published before; null while unknown. */
  rows_published: z.int().nullable(),
  rows_published_change: z.int().nullable(),
  error: errorReport.nullable(),
})
export type RunSummary = z.infer<typeof runSummary>

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
})

const logLine = z.object({ at: z.string(), level: z.enum(['info', 'warn', 'error']), message: z.string() })

const runDetail = z.object({
  ...runSummary.shape,
  sources: z.record(z.string(), sourceBook),
  models: z.array(modelResult),
  checks: z.array(checkResult),
  files: z.array(feedFile),
  rejected_files: z.array(z.object({ file: z.string(), reason: z.string() })),
  exports: z.array(z.string()),
  log: z.array(logLine),
})
export type RunDetail = z.infer<typeof runDetail>

const stepState = z.enum(['waiting', 'running', 'done', 'failed', 'skipped'])

/** The whole state of a running run, sent a few times a second. */
const runProgress = z.object({
  run_id: z.int(),
  status: runStatus,
  stage: z.enum(['reading', 'modelling', 'checking', 'publishing', 'exporting', 'done']),
  seconds: z.number(),
  rows_read: z.int(),
  rows_per_second: z.number(),
  /** Seconds left for reading; null until an estimate is honest. */
  seconds_left: z.number().nullable(),
  sources: z.array(
    z.object({
      name: z.string(),
      state: stepState,
      bytes_read: z.int(),
      bytes_total: z.int(),
      rows_read: z.int(),
      rows_quarantined: z.int(),
    }),
  ),
  models: z.array(
    z.object({ name: z.string(), state: stepState, rows: z.int().nullable(), seconds: z.number().nullable() }),
  ),
})
export type RunProgress = z.infer<typeof runProgress>

const startInput = z.object({
  /** Folder of feed files. */
  input: z.string().min(1),
  /** The day that counts as today; the local date when absent. */
  as_of: day.optional(),
  /** Folder that gets every export as CSV and Parquet once the run is published. */
  export: z.string().min(1).optional(),
})

export const runsMethods = {
  list: method('runs.list', z.object({ limit: z.int().min(1).max(500).default(100) }), z.array(runSummary)),
  show: method('runs.show', z.object({ run_id: z.int() }), runDetail),
  /** Starts a run in its own process and answers at once; `runs.progress` tells the rest. */
  start: method('runs.start', startInput, z.object({ run_id: z.int() })),
  /** Kills the run's process; nothing of it is published. */
  cancel: method('runs.cancel', z.object({ run_id: z.int() }), z.object({ status: runStatus })),
  /** The progress of the run that is going on in this engine, null when none is. */
  current: method('runs.current', z.object({}), runProgress.nullable()),
}

export const runProgressed = topic('runs.progress', runProgress)
