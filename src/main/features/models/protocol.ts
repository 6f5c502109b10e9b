import { z } from 'zod'
import { method } from '#protocol/method'
import { checkStatuses } from '../../kernel/check-status.ts'
import { columnTypes } from '../../kernel/column-type.ts'
import { modelProfile } from './profile-shapes.ts'

export type { CountedRows, KeySpread, ModelJoin, ModelProfile } from './profile-shapes.ts'

/** How a column's values look outside: days as `YYYY-MM-DD`, money and percent as decimals in text, instants as ISO 8601. */
const columnType = z.enum(columnTypes)
export type ColumnType = z.infer<typeof columnType>

const layer = z.enum(['source', 'staging', 'intermediate', 'fact', 'mart', 'export'])
export type Layer = z.infer<typeof layer>

const nodeState = z.enum(['pass', 'warn', 'fail', 'none'])

/** What a run that a check blocked left of a source or model, aside from what is published. */
const candidate = z.object({
  run_id: z.int(),
  rows: z.int().nullable(),
  state: nodeState,
  /** Whether any of its rows is another one than the published. */
  is_changed: z.boolean(),
})

const node = z.object({
  name: z.string(),
  layer,
  description: z.string(),
  rows: z.int().nullable(),
  previous_rows: z.int().nullable(),
  /** Worst result of its checks in the published run. */
  state: nodeState,
  /** The same in the candidate; null where there is none. */
  candidate: candidate.nullable(),
})
export type ModelNode = z.infer<typeof node>

const check = z.object({
  name: z.string(),
  column: z.string().nullable(),
  severity: z.enum(['warn', 'error']),
  /** null before the first published run */
  status: z.enum(checkStatuses).nullable(),
  failures: z.int().nullable(),
  blocking: z.boolean(),
  /** The column whose values it holds back one by one where it blocks; null where it blocks the run. */
  per: z.string().nullable(),
  /** How it went in the candidate; null where there is none, or it was not made there. */
  candidate: z.object({ status: z.enum(checkStatuses), failures: z.int() }).nullable(),
})

const column = z.object({ name: z.string(), type: columnType, description: z.string(), is_key: z.boolean() })
export type ModelColumn = z.infer<typeof column>

const filterOperator = z.enum([
  'contains',
  'equals',
  'not_equals',
  'starts_with',
  'at_least',
  'at_most',
  'is_null',
  'is_not_null',
])

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
export type ModelCell = z.infer<typeof cell>

/** What names a row: its key columns, with values as a person reads them. */
const rowKey = z.record(z.string(), z.string().nullable())
export type RowKey = z.infer<typeof rowKey>

/** The rows that readers see, or those that the last run left: what it held back, and a candidate's, are among them; published unless said. */
const tracedState = z.enum(['published', 'latest']).optional()

/** A row on the way from a model's row down to the records it came from, or back. */
const tracedRow = z.object({
  key: rowKey,
  /** In the order of `columns`. */
  cells: z.array(cell),
  /** For a row of a source: where it was delivered and which run staged it. */
  staged: z
    .object({ row_id: z.string(), file: z.string(), line: z.int(), arrival: z.int(), run_id: z.int() })
    .nullable(),
})
export type TracedRow = z.infer<typeof tracedRow>

const traced = z.object({
  model: z.string(),
  layer,
  columns: z.array(column),
  /** All rows; `rows` are the first of them. */
  total: z.int(),
  rows: z.array(tracedRow),
})

const lineageStep = traced.extend({
  /** The model whose rows these were made into. */
  via: z.string(),
  /** 1 for what the row itself was made of, 2 for what that was made of, and so on. */
  level: z.int(),
  /** How rows of `via` (r) and of `model` (s) belong together, as SQL; null where the project does not say. */
  on: z.string().nullable(),
})
export type LineageStep = z.infer<typeof lineageStep>

const recordField = z.object({
  field: z.string(),
  /** The staged column: the field's own, or one that is taken out of it. */
  column: z.string(),
  type: columnType,
  /** As delivered; null where the record has no such cell. */
  raw_value: z.string().nullable(),
  /** What a correction in force puts in its place. */
  corrected_value: z.string().nullable(),
  /** As staged, as a person reads it. */
  value: z.string().nullable(),
  /** How the one became the other, in words. */
  note: z.string(),
})
export type RecordField = z.infer<typeof recordField>

export const modelsMethods = {
  /** The models and sources, and who reads whom. */
  graph: method(
    'models.graph',
    z.object({}),
    z.object({ nodes: z.array(node), edges: z.array(z.object({ from: z.string(), to: z.string() })) }),
  ),
  show: method(
    'models.show',
    z.object({ name: z.string() }),
    z.object({
      ...node.shape,
      /** The run whose rows lie aside since a check blocked it; null where there is none. */
      candidate_run: z.int().nullable(),
      columns: z.array(column),
      /** As written in the project; null for a source. */
      sql: z.string().nullable(),
      /** After rendering the templates; null for a source. */
      compiled_sql: z.string().nullable(),
      checks: z.array(check),
      depends_on: z.array(z.string()),
      used_by: z.array(z.string()),
      /** Rows and seconds in the latest runs, newest first. */
      history: z.array(z.object({ run_id: z.int(), rows: z.int(), seconds: z.number(), finished_at: z.string() })),
    }),
  ),
  /** A page of the published rows, or of those that a blocked run left aside, sorted and filtered in SQL. Rows are arrays in the order of `columns`. */
  rows: method(
    'models.rows',
    z.object({
      name: z.string(),
      state: z.enum(['published', 'candidate']).default('published'),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
      sort: z.array(z.object({ column: z.string(), direction: z.enum(['asc', 'desc']) })).default([]),
      filters: z
        .array(z.object({ column: z.string(), operator: filterOperator, value: z.string().default('') }))
        .default([]),
    }),
    z.object({ columns: z.array(column), rows: z.array(z.array(cell)), keys: z.array(rowKey), total: z.int() }),
  ),
  /** Where a published row came from: the rows of each model upstream, level by level, down to the staged rows. */
  lineage: method(
    'models.lineage',
    z.object({ name: z.string(), key: rowKey, state: tracedState }),
    z.object({
      ...traced.pick({ model: true, layer: true, columns: true }).shape,
      row: tracedRow,
      steps: z.array(lineageStep),
    }),
  ),
  /** The record that a staged row was made of, as delivered, and what became of each of its cells. */
  record: method(
    'models.record',
    z.object({ source: z.string(), key: rowKey, state: tracedState }),
    z.object({
      source: z.string(),
      row_id: z.string(),
      file: z.string(),
      line: z.int(),
      byte_offset: z.int(),
      encoding: z.string(),
      arrival: z.int(),
      /** The run that staged it. */
      run_id: z.int(),
      raw: z.string(),
      /** By column, also those that the contract does not know; empty where the record could not be parsed as delivered. */
      cells: z.record(z.string(), z.string().nullable()),
      fields: z.array(recordField),
      /** Its number in the quarantine, where it was ever held back or amended. */
      quarantine_id: z.int().nullable(),
    }),
  ),
  /**
   * What a model read, gave and cost in a run, beside the last good one. `keys`: how rows spread over keys too, which reads all rows;
   * `joins`: the rows of joins too, also where what is read has so many that it takes long.
   */
  profile: method(
    'models.profile',
    z.object({
      name: z.string(),
      run_id: z.int().optional(),
      keys: z.boolean().default(false),
      joins: z.boolean().default(false),
    }),
    modelProfile,
  ),
  /** The published rows that a quarantined record touches or would touch. */
  touched: method(
    'models.touched',
    z.object({ id: z.int() }),
    z.object({
      models: z.array(
        traced.extend({
          /** False where a cell that decides is missing or broken, so that all rows of its company are given. */
          is_exact: z.boolean(),
        }),
      ),
      /** Why there are none, in words; null where there are some. */
      reason: z.string().nullable(),
    }),
  ),
}
