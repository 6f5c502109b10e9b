import { z } from 'zod'
import { heldPart } from '#protocol/held-part'
import { method } from '#protocol/method'
import { checkStatuses } from '../../kernel/check-status.ts'
import { columnTypes } from '../../kernel/column-type.ts'
import { runStatuses } from '../../kernel/run-status.ts'

const checkStatus = z.enum(checkStatuses)

const pastResult = z.object({
  run_id: z.int(),
  status: checkStatus,
  failures: z.int(),
  /** What became of the run: published, or blocked by this check or by others. */
  run_status: z.enum(runStatuses),
})
export type PastResult = z.infer<typeof pastResult>

const check = z.object({
  name: z.string(),
  model: z.string(),
  column: z.string().nullable(),
  /** not_null, unique, between and so on; null where it was recorded by an older version. */
  kind: z.string().nullable(),
  severity: z.enum(['warn', 'error']),
  status: checkStatus,
  /** Failing rows; of a check that measures all rows together 1 where what it measured is not as expected. */
  failures: z.int(),
  /** Rows of the model in that run. */
  rows: z.int().nullable(),
  blocking: z.boolean(),
  /** The column whose values a failure blocks, instead of the whole run. */
  per: z.string().nullable(),
  /** The limits in words; empty where any failing row is too many. */
  threshold: z.string(),
  /** What a check that measures all rows together found and expected; null for one that asks rows one by one. */
  measured: z.string().nullable(),
  expected: z.string().nullable(),
  /** How it went in the latest runs, published or not, oldest first; also after the run that was asked for. */
  history: z.array(pastResult),
})
export type Check = z.infer<typeof check>

/** The latest run, where it came after the one that readers see. */
const laterRun = z.object({
  run_id: z.int(),
  status: z.enum(['published', 'blocked', 'failed']),
  /** Checks that it made; 0 where it ended before them. */
  checks: z.int(),
  /** Checks of it that failed. */
  failed: z.int(),
  /** Why it ended, in words; null where it was published, and readers were taken back from it. */
  message: z.string().nullable(),
})
export type LaterRun = z.infer<typeof laterRun>

const rowKey = z.record(z.string(), z.string().nullable())
const cell = z.string().nullable()

const failingRow = z.object({
  /** In the order of `columns`, as a person reads them. */
  cells: z.array(cell),
  /** The model's key, which names the row to `models.lineage`. */
  key: rowKey,
  /** Whether readers see the row as it failed; else it was held back, or is no more. */
  is_published: z.boolean(),
  /** The number in the quarantine, for a row that says what is wrong with a record that is held back. */
  quarantine_id: z.int().nullable(),
})
export type FailingRow = z.infer<typeof failingRow>

const unitTestResult = z.object({
  name: z.string(),
  model: z.string(),
  description: z.string(),
  kind: z.literal('unit'),
  status: z.enum(['pass', 'fail']),
  missing: z.array(rowKey),
  unexpected: z.array(rowKey),
})
export type UnitTestResult = z.infer<typeof unitTestResult>

export const checksMethods = {
  /** The checks of a run, the published one unless said otherwise. */
  list: method(
    'checks.list',
    z.object({ run_id: z.int().optional() }),
    z.object({
      run_id: z.int().nullable(),
      /** The latest run that came to its checks; another one than the published where that one is blocked. */
      latest_run_id: z.int().nullable(),
      later: laterRun.nullable(),
      /** How many checks the project has now. */
      declared: z.int(),
      checks: z.array(check),
      held: z.array(heldPart),
    }),
  ),
  /** A page of the rows that failed a check in a run. */
  failures: method(
    'checks.failures',
    z.object({
      run_id: z.int(),
      name: z.string(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
    }),
    z.object({
      model: z.string(),
      columns: z.array(z.object({ name: z.string(), type: z.enum(columnTypes) })),
      rows: z.array(failingRow),
      total: z.int(),
    }),
  ),
  /** Runs the unit tests of the project's models: given rows, expected rows. Changes nothing. */
  test: method(
    'checks.test',
    z.object({ model: z.string().optional() }),
    z.object({ passed: z.int(), failed: z.int(), tests: z.array(unitTestResult) }),
  ),
}
