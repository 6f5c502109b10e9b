import { z } from 'zod'
import { errorReport } from '#protocol/error-report'
import { method } from '#protocol/method'
import { columnTypes } from '../../kernel/column-type.ts'

/** The rows that are not equal on both sides; those that are equal are counted, not listed. */
export const differenceClasses = ['added', 'removed', 'changed', 'null_key', 'duplicate_key'] as const
const differenceClass = z.enum(differenceClasses)
export type DifferenceClass = z.infer<typeof differenceClass>

const column = z.object({ name: z.string(), type: z.enum(columnTypes), description: z.string(), is_key: z.boolean() })
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
const rowKey = z.record(z.string(), z.string().nullable())

const sides = z.object({ before: z.int(), after: z.int() })
const comparedRun = z.object({ run_id: z.int(), rows: z.int() })

/**
 * before.rows = removed + changed + unchanged + null_keys.before + duplicate_keys.before, and
 * after.rows = added + changed + unchanged + null_keys.after + duplicate_keys.after.
 */
const summary = z.object({
  before: comparedRun,
  after: comparedRun,
  added: z.int(),
  removed: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  /** Rows whose key is not complete. */
  null_keys: sides,
  /** Rows whose key occurs more than once on a side, those of the other side with such a key too. */
  duplicate_keys: sides,
  /** How many of the changed rows differ in a column, most first; columns in which none does are left out. */
  by_column: z.array(z.object({ column: z.string(), changed: z.int() })),
  columns: z.array(column),
  /** The columns of the key; some may not be among `columns`. */
  keys: z.array(z.string()),
  /** Columns of the project that no run has written yet. */
  not_compared: z.array(z.string()),
})
export type RowdiffSummary = z.infer<typeof summary>

const standing = z.object({
  state: z.enum(['running', 'done', 'failed']),
  /** From 0 to 1. */
  share_done: z.number(),
  seconds: z.number(),
  summary: summary.nullable(),
  error: errorReport.nullable(),
})
export type RowdiffStanding = z.infer<typeof standing>

const difference = z.object({
  class: differenceClass,
  key: rowKey,
  /** In the order of `columns` of the summary; null where the row is not on that side. */
  before: z.array(cell).nullable(),
  after: z.array(cell).nullable(),
  /** The names of the columns that differ, in a changed row. */
  changed: z.array(z.string()),
})
export type RowDifference = z.infer<typeof difference>

const comparison = z.object({ id: z.string() })
const filter = z.object({ class: differenceClass.optional(), column: z.string().optional() })

export const rowdiffMethods = {
  /** Starts to compare the rows of a model, a source or an enrichment in two runs, or finds the comparison; it goes on by itself. */
  start: method(
    'rowdiff.start',
    z.object({ model: z.string(), run_a: z.int(), run_b: z.int() }),
    z.object({ id: z.string(), is_done: z.boolean(), summary: summary.nullable() }),
  ),
  /** How a comparison stands; with `wait`, once it has ended. */
  summary: method('rowdiff.summary', comparison.extend({ wait: z.boolean().default(false) }), standing),
  /** A page of the rows that are not equal, in the order of their keys, once the comparison is done. */
  rows: method(
    'rowdiff.rows',
    comparison.extend({
      ...filter.shape,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
    }),
    z.object({ total: z.int(), rows: z.array(difference) }),
  ),
  /** Writes the differences to a file, a line for each cell: class, key, column, old, new. */
  write: method(
    'rowdiff.write',
    comparison.extend({ ...filter.shape, path: z.string().min(1) }),
    z.object({ path: z.string(), rows: z.int(), bytes: z.int() }),
  ),
  /** Ends the comparison and forgets it. */
  cancel: method('rowdiff.cancel', comparison, z.object({})),
}
