import { z } from 'zod'
import { method } from '#protocol/method'

const reason = z.object({
  field: z.string(),
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  /** A sentence for a person. */
  message: z.string(),
  /** The cell as delivered; null where it was absent. */
  raw_value: z.string().nullable(),
})
export type QuarantineReason = z.infer<typeof reason>

/** What narrows the quarantine: values of one facet are alternatives, facets add up. */
const filter = z.object({
  source: z.array(z.string()).optional(),
  /** `field: rule`, as the facet gives it. */
  reason: z.array(z.string()).optional(),
  file: z.array(z.string()).optional(),
  /** The run that first saw the row. */
  run: z.array(z.int()).optional(),
  /** Found anywhere in the raw record or the row id, ignoring case (ASCII). */
  text: z.string().optional(),
})
export type QuarantineFilter = z.infer<typeof filter>

const row = z.object({
  id: z.int(),
  source: z.string(),
  row_id: z.string(),
  file: z.string(),
  line: z.int(),
  first_run: z.int(),
  last_run: z.int(),
  times_seen: z.int(),
  reasons: z.array(reason),
  /** The record's columns as delivered; empty for a record that could not be parsed. */
  cells: z.record(z.string(), z.string().nullable()),
})
export type QuarantineRow = z.infer<typeof row>

const facetValue = z.object({ value: z.string(), count: z.int() })
export type FacetValue = z.infer<typeof facetValue>

export const quarantineMethods = {
  list: method(
    'quarantine.list',
    z.object({
      filter: filter.default({}),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
      sort: z
        .object({ column: z.enum(['id', 'source', 'row_id', 'first_run']), direction: z.enum(['asc', 'desc']) })
        .default({ column: 'id', direction: 'asc' }),
    }),
    z.object({ rows: z.array(row), total: z.int() }),
  ),
  /** Counts of open rows by facet; each facet counts under the filters of the others. */
  facets: method(
    'quarantine.facets',
    z.object({ filter: filter.default({}) }),
    z.object({
      total: z.int(),
      source: z.array(facetValue),
      reason: z.array(facetValue),
      file: z.array(facetValue),
      run: z.array(facetValue),
      /** Contract columns of the sources in view, in contract order, for the grid. */
      columns: z.array(z.string()),
    }),
  ),
  show: method(
    'quarantine.show',
    z.object({ id: z.int() }),
    z.object({
      ...row.shape,
      raw: z.string(),
      byte_offset: z.int(),
      encoding: z.string(),
      state: z.enum(['open', 'released']),
    }),
  ),
}
