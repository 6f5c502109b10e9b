import { z } from 'zod'
import { errorReport } from '#protocol/error-report'
import { method } from '#protocol/method'

/** Something that broke in the run, the worst first. */
const problem = z.object({
  kind: z.enum(['error', 'rejected_file', 'guard', 'gate', 'check', 'plan']),
  status: z.enum(['fail', 'warn']),
  /** Names the cause in a sentence. */
  message: z.string(),
  /** The model that it is about; null where it is about a feed or the run. */
  model: z.string().nullable(),
  /** The check that failed, which has a page with its failing rows; null where something else broke. */
  check: z.string().nullable(),
  /** Of a gate: which one. */
  gate: z.string().nullable(),
  /** The companies or other parts that it holds back, while the rest of the run is published. */
  held: z.array(z.string()),
})
export type IncidentProblem = z.infer<typeof problem>

const run = z.object({
  run_id: z.int(),
  status: z.enum(['blocked', 'failed']),
  as_of: z.string(),
  started_at: z.string(),
  started_by: z.string(),
  error: errorReport.nullable(),
})
export type IncidentRun = z.infer<typeof run>

const verdict = z.object({
  status: z.enum(['none', 'running', 'cancelled', 'pass', 'warn', 'blocked', 'failed']),
  /** A few words, without a full stop. */
  title: z.string(),
  /** Sentences: who, why, what of it. */
  details: z.array(z.string()),
})
export type Verdict = z.infer<typeof verdict>

const limit = z.object({
  source: z.string(),
  /** Rows that a run takes in, in the order of delivery; null for all. */
  max_rows: z.int().nullable(),
  /** Companies whose rows are held back. */
  companies: z.array(z.string()),
  set_by: z.string(),
  set_at: z.string(),
  reason: z.string(),
  /** Rows that readers do not see since a limit holds them. */
  held_rows: z.int(),
})
export type Limit = z.infer<typeof limit>

const limits = z.object({
  /** Limits in force, and lifted ones of which rows still wait for the next run. */
  limits: z.array(limit),
  sources: z.array(z.object({ name: z.string(), has_company: z.boolean() })),
})

/** A limit of more rows than this limits nothing that a run could read. */
export const mostLimitedRows = 1_000_000_000
const rowsWords = `a whole number of rows from 0 to ${mostLimitedRows.toLocaleString('en')}`

export const incidentMethods = {
  /** All that the incident page walks through. */
  show: method(
    'incident.show',
    z.object({}),
    z.object({
      /** The run that went wrong: the latest one, if it was blocked or failed, and no run from before it was released since; null where there is none. */
      run: run.nullable(),
      /** How the latest run went. */
      verdict,
      running_run: z.int().nullable(),
      /** The blocked run that lies beside what readers see and can be released; null where there is none. */
      candidate_run: z.int().nullable(),
      /** Blocked runs that are set aside, newest first: they can be brought back to be looked at, or released as they are. */
      set_aside_runs: z.array(z.int()),
      /** Of the run that went wrong; where none did, what warned in the one that readers see. */
      problems: z.array(problem),
      /** The run that the problems are of: the one that went wrong, or the published one, if it was released or parts of it are held back. */
      problems_run: z.int().nullable(),
      /** The companies that gates hold back in the published run, and nobody has let through yet; null where there are none. */
      held: z.object({ run_id: z.int(), companies: z.array(z.string()) }).nullable(),
      /** Published runs that readers can be given, newest first, the current one among them. */
      targets: z.array(
        z.object({
          run_id: z.int(),
          as_of: z.string(),
          finished_at: z.string(),
          rows: z.int(),
          is_current: z.boolean(),
        }),
      ),
      ...limits.shape,
      /** What was done, by whom, newest first. */
      actions: z.array(z.object({ at: z.string(), who: z.string(), what: z.string(), reason: z.string() })),
    }),
  ),
  limits: method('incident.limits', z.object({}), limits),
  /** Limits a source from the next run on; no rows and no companies lift the limit, and the next run takes the held rows in. */
  limit: method(
    'incident.limit',
    z.object({
      source: z.string(),
      max_rows: z.int(rowsWords).min(0, rowsWords).max(mostLimitedRows, rowsWords).nullable(),
      companies: z.array(z.string().trim().min(1)).max(1000),
      reason: z.string().trim().max(1000).default(''),
    }),
    z.object({
      ...limits.shape,
      /** Those of the companies that no staged row names; they may be delivered yet. */
      unknown_companies: z.array(z.string()),
    }),
  ),
}
