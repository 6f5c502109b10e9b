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
})
export type IncidentProblem = z.infer<typeof problem>

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

export const incidentMethods = {
  /** All that the incident page walks through. */
  show: method(
    'incident.show',
    z.object({}),
    z.object({
      /** The run that went wrong: the latest one, if it was blocked or failed; null where there is none. */
      run: z
        .object({
          run_id: z.int(),
          status: z.enum(['blocked', 'failed']),
          as_of: z.string(),
          started_at: z.string(),
          started_by: z.string(),
          error: errorReport.nullable(),
        })
        .nullable(),
      running_run: z.int().nullable(),
      /** The blocked run that can be released; null where there is none. */
      candidate_run: z.int().nullable(),
      problems: z.array(problem),
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
      max_rows: z.int().min(0).nullable(),
      companies: z.array(z.string().trim().min(1)).max(1000),
      reason: z.string().trim().max(1000).default(''),
    }),
    limits,
  ),
}
