import { z } from 'zod'
import { method, topic } from '#protocol/method'
import { runStatuses } from '../../kernel/run-status.ts'
import { runDetail } from './detail-shapes.ts'
import { runProgress } from './progress-shapes.ts'
import { day, runSummary } from './summary-shapes.ts'

export type { CheckResult, ModelResult, RunDetail, RunLimit, SourceBook } from './detail-shapes.ts'
export type { RunProgress } from './progress-shapes.ts'
export type { Publication, RunSummary } from './summary-shapes.ts'
export type { RunStatus } from '../../kernel/run-status.ts'

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
/** The candidate that is in place now, and the one that was; null where there was none. */
const inspected = z.object({ run_id: z.int(), previous_candidate: z.int().nullable() })
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
  cancel: method('runs.cancel', z.object({ run_id: z.int() }), z.object({ status: z.enum(runStatuses) })),
  /** Gives readers an earlier published run again, or, after that, a later one. Deletes nothing of either before another one is published. */
  rollback: method('runs.rollback', z.object({ run_id: z.int(), reason: reason.default('') }), shown),
  /** Publishes a candidate, also one that is set aside, although a check or a guard stopped it. */
  release: method('runs.release', z.object({ run_id: z.int(), reason: reason.min(1, 'a reason') }), shown),
  /** Takes a candidate back for good, also one that is set aside. */
  discard: method('runs.discard', z.object({ run_id: z.int(), reason: reason.default('') }), shown),
  /** Brings a candidate back that is set aside, so that it can be looked at; the one in place then is set aside in turn. Publishes nothing. */
  inspect: method('runs.inspect', z.object({ run_id: z.int() }), inspected),
  /** The progress of the run that is going on in this engine, null when none is. */
  current: method('runs.current', z.object({}), runProgress.nullable()),
}

export const runProgressed = topic('runs.progress', runProgress)
