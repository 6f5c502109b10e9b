import { z } from 'zod'
import { runStatuses } from '../../kernel/run-status.ts'

/** skipped: nothing of it changed; resumed: it was done already when the run was broken off. */
const stepState = z.enum(['waiting', 'running', 'done', 'failed', 'skipped', 'resumed'])

/** The whole state of a running run, sent a few times a second. */
export const runProgress = z.object({
  run_id: z.int(),
  status: z.enum(runStatuses),
  stage: z.enum(['reading', 'modelling', 'checking', 'publishing', 'measuring', 'exporting', 'done']),
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
      /** Once it is staged. */
      seconds: z.number().nullable(),
      /** When it was begun; null while it waits. */
      started_at: z.string().nullable(),
    }),
  ),
  models: z.array(
    z.object({
      name: z.string(),
      state: stepState,
      rows: z.int().nullable(),
      seconds: z.number().nullable(),
      started_at: z.string().nullable(),
      /** A model that is built for longer is stopped, and the run with it. */
      max_seconds: z.number().optional(),
    }),
  ),
})
export type RunProgress = z.infer<typeof runProgress>
