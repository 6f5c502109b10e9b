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

const publication = z.object({
  at: z.string(),
  who: z.string(),
  /** publish: it passed its checks; release: a person let it through although it did not; rollback: readers went back or forth to it. */
  kind: z.enum(['publish', 'release', 'rollback']),
  reason: z.string(),
  /** What readers saw before; null where they saw nothing. */
  previous_run: z.int().nullable(),
})
export type Publication = z.infer<typeof publication>

const runSummary = z.object({
  run_id: z.int(),
  kind: runKind,
  status: runStatus,
  /** True for the one run that readers and exports see now. */
  is_current: z.boolean(),
  /** Published, but readers were taken back to a run before it; one can go forth to it until the next run starts. */
  is_rolled_back: z.boolean(),
  /** What it wrote was taken back for good. */
  is_undone: z.boolean(),
  /** A check blocked it; its tables lie aside until the next run starts, or it is released or discarded. */
  is_candidate: z.boolean(),
  /** Whether readers can be given this run instead of the current one. */
  can_roll_back: z.boolean(),
  /** It was broken off or blocked, and what it had done is still there to go on with. */
  can_resume: z.boolean(),
  /** What came of going on with it, or with the run that it started over; null where nobody asked for that. */
  resumption: z.string().nullable(),
  /** When readers were given it, and by whose word; oldest first. */
  publications: z.array(publication),
  as_of: day,
  input: z.string(),
  started_at: z.string(),
  started_by: z.string(),
  finished_at: z.string().nullable(),
  /** Since it was last gone on with, where it was. */
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
  /** It was read by an earlier run, and not again. */
  is_known: z.boolean(),
})

const logLine = z.object({ at: z.string(), level: z.enum(['info', 'warn', 'error']), message: z.string() })

/** Rows that a blocking check held back, those of one value of a column: readers see them as the run `since_run` left them. */
const heldPart = z.object({ column: z.string(), value: z.string(), check: z.string(), since_run: z.int() })

const runDetail = z.object({
  ...runSummary.shape,
  sources: z.record(z.string(), sourceBook),
  models: z.array(modelResult),
  checks: z.array(checkResult),
  held: z.array(heldPart),
  files: z.array(feedFile),
  rejected_files: z.array(z.object({ file: z.string(), reason: z.string() })),
  exports: z.array(z.string()),
  log: z.array(logLine),
})
export type RunDetail = z.infer<typeof runDetail>

/** skipped: nothing of it changed; resumed: it was done already when the run was broken off. */
const stepState = z.enum(['waiting', 'running', 'done', 'failed', 'skipped', 'resumed'])

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
    z.object({
      name: z.string(),
      state: stepState,
      rows: z.int().nullable(),
      seconds: z.number().nullable(),
      /** A model that is built for longer is stopped, and the run with it. */
      max_seconds: z.number().optional(),
    }),
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

const rerunInput = z.object({
  /** The name of a model, or of a stage for all its models. */
  model: z.string().min(1),
  descendants: z.boolean().default(true),
  /** A backfill: only what is of these companies and of these days of events. */
  companies: z.array(z.string().min(1)).default([]),
  from: day.nullable().default(null),
  to: day.nullable().default(null),
})

/** What readers see now, and what they saw before. */
const shown = z.object({ run_id: z.int(), previous_run: z.int() })
const reason = z.string().trim().max(1000)

export const runsMethods = {
  list: method('runs.list', z.object({ limit: z.int().min(1).max(500).default(100) }), z.array(runSummary)),
  show: method('runs.show', z.object({ run_id: z.int() }), runDetail),
  /** Starts a run in its own process and answers at once; `runs.progress` tells the rest. */
  start: method('runs.start', startInput, z.object({ run_id: z.int() })),
  /** Builds a model or a stage again from the staged rows, with all that reads it or alone, in a run of its own. */
  rerun: method('runs.rerun', rerunInput, z.object({ run_id: z.int() })),
  /** Reads all that was ever delivered again, from what the workspace keeps, and builds everything from it. */
  refresh: method('runs.refresh', z.object({}), z.object({ run_id: z.int() })),
  /**
   * Goes on with a run that was broken off, under its number; where something changed that it rests on, it is taken back and a new run
   * starts over. Answers with the run that does it.
   */
  resume: method('runs.resume', z.object({ run_id: z.int() }), z.object({ run_id: z.int() })),
  /** Kills the run's process; nothing of it is published. */
  cancel: method('runs.cancel', z.object({ run_id: z.int() }), z.object({ status: runStatus })),
  /** Gives readers an earlier published run again, or, after that, a later one. Deletes nothing before the next run starts. */
  rollback: method('runs.rollback', z.object({ run_id: z.int(), reason: reason.default('') }), shown),
  /** Publishes a candidate although a check or a guard stopped it. */
  release: method('runs.release', z.object({ run_id: z.int(), reason: reason.min(1, 'a reason') }), shown),
  /** Takes a candidate back at once. */
  discard: method('runs.discard', z.object({ run_id: z.int() }), shown),
  /** The progress of the run that is going on in this engine, null when none is. */
  current: method('runs.current', z.object({}), runProgress.nullable()),
}

export const runProgressed = topic('runs.progress', runProgress)
