import { z } from 'zod'
import { method } from '#protocol/method'
import { columnTypes } from '../../kernel/column-type.ts'

/** How a column's values look outside: days as `YYYY-MM-DD`, money and percent as decimals in text, instants as ISO 8601. */
const columnType = z.enum(columnTypes)
export type ColumnType = z.infer<typeof columnType>

const layer = z.enum(['source', 'staging', 'intermediate', 'fact', 'mart', 'export'])
export type Layer = z.infer<typeof layer>

const node = z.object({
  name: z.string(),
  layer,
  description: z.string(),
  rows: z.int().nullable(),
  previous_rows: z.int().nullable(),
  /** Worst result of its checks in the published run. */
  state: z.enum(['pass', 'warn', 'fail', 'none']),
})
export type ModelNode = z.infer<typeof node>

const check = z.object({
  name: z.string(),
  column: z.string().nullable(),
  severity: z.enum(['warn', 'error']),
  /** null before the first published run */
  status: z.enum(['pass', 'warn', 'fail']).nullable(),
  failures: z.int().nullable(),
  blocking: z.boolean(),
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
  /** A page of the published rows, sorted and filtered in SQL. Rows are arrays in the order of `columns`. */
  rows: method(
    'models.rows',
    z.object({
      name: z.string(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
      sort: z.array(z.object({ column: z.string(), direction: z.enum(['asc', 'desc']) })).default([]),
      filters: z
        .array(z.object({ column: z.string(), operator: filterOperator, value: z.string().default('') }))
        .default([]),
    }),
    z.object({ columns: z.array(column), rows: z.array(z.array(cell)), total: z.int() }),
  ),
}
