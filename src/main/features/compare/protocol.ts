import { z } from 'zod'
import { method } from '#protocol/method'
import { runStatuses } from '../../kernel/run-status.ts'
import {
  band,
  columnSummary,
  columnType,
  histogramBin,
  level,
  metricKey,
  metricScope,
  metricUnit,
  runLabel,
} from './metric-shapes.ts'

export { metricTitles } from '../../pipeline/run/comparison/metric-key.ts'
export { metricName } from './metric-shapes.ts'
export type {
  Band,
  ColumnSummary,
  HistogramBin,
  Level,
  MetricKey,
  MetricName,
  MetricScope,
  MetricUnit,
  RunLabel,
} from './metric-shapes.ts'

const layer = z.enum(['source', 'staging', 'intermediate', 'fact', 'mart', 'export'])

const comparedRun = z.object({
  run_id: z.int(),
  kind: z.enum(['feeds', 'replay', 'preview']),
  status: z.enum(runStatuses),
  is_current: z.boolean(),
  is_candidate: z.boolean(),
  as_of: z.string(),
  started_at: z.string(),
  label: runLabel.nullable(),
  /** Whether its rows are still kept, so that they can be compared row by row. */
  has_rows: z.boolean(),
})
export type ComparedRun = z.infer<typeof comparedRun>

/**
 * Of a source: rows by what its books say of the runs between. Of a model: by how much deliveries, replays of corrections, and backfills or
 * reruns changed its number of rows.
 */
const cause = z.object({
  cause: z.enum([
    'inserted',
    'updated',
    'unchanged',
    'superseded',
    'quarantined',
    'released',
    'withdrawn',
    'delivered',
    'replayed',
    'backfilled',
  ]),
  rows: z.int(),
})

const rowCount = z.object({
  relation: z.string(),
  layer,
  before: z.int().nullable(),
  after: z.int().nullable(),
  delta: z.int().nullable(),
  /** Of `before`; null where that is 0 or unknown. */
  delta_share: z.number().nullable(),
  causes: z.array(cause),
  level,
})
export type RowCount = z.infer<typeof rowCount>

const schemaChange = z.object({
  relation: z.string(),
  column: z.string(),
  change: z.enum(['added', 'removed', 'type']),
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type SchemaChange = z.infer<typeof schemaChange>

const difference = z.object({
  ...metricKey.shape,
  layer,
  unit: metricUnit,
  before: z.number().nullable(),
  after: z.number().nullable(),
  /** How large, whatever the number of rows: 1 is worth a look. */
  effect: z.number(),
  direction: z.enum(['up', 'down', 'other']),
  /** 0 as expected, 1 at the edge of the band, more outside of it; null where history is too short to tell. */
  unusual: z.number().nullable(),
  level,
  band: band.nullable(),
  /** What happened, in words. */
  sentence: z.string(),
  label: runLabel.nullable(),
})
export type Difference = z.infer<typeof difference>

const pair = z.object({
  /** The earlier; left out the run published before `b`. */
  a: z.int().min(1).optional(),
  /** The later; left out the run that readers see. */
  b: z.int().min(1).optional(),
})

const overview = z.object({
  a: comparedRun,
  b: comparedRun,
  verdict: z.object({ level, sentence: z.string() }),
  /** The most unusual first. */
  differences: z.array(difference),
  rows: z.array(rowCount),
  schema: z.array(schemaChange),
  /** Accepted runs that baselines learned from. */
  history_runs: z.int(),
  /** As many are needed before a metric is judged. */
  least_history: z.int(),
})
export type CompareOverview = z.infer<typeof overview>

const columnDetail = z.object({
  relation: z.string(),
  scope: metricScope,
  column: z.string(),
  type: columnType,
  is_personal: z.boolean(),
  before: columnSummary.nullable(),
  after: columnSummary.nullable(),
  /** Of numbers, days and instants: the same fixed bins for both. */
  histogram: z.array(histogramBin),
  /** Of values that are few: the most frequent of either side; `from` is the value. */
  top_values: z.array(histogramBin),
  /** Of text that is long or all different: its shapes, letters as a and A, digits as 9. */
  shapes: z.array(histogramBin),
  distances: z.array(
    z.object({
      name: z.enum(['psi', 'jensen_shannon', 'wasserstein', 'kolmogorov_smirnov']),
      /** As people call it, with what it is measured in. */
      title: z.string(),
      value: z.number(),
      /** In words: none, small, moderate, large. */
      reading: z.string(),
    }),
  ),
  /** A note only: with many rows every difference is significant. */
  p_value: z.object({ test: z.string(), value: z.number() }).nullable(),
  differences: z.array(difference),
})
export type ColumnDetail = z.infer<typeof columnDetail>

const brokenDown = z.object({ name: z.string(), before: z.int(), after: z.int() })

const relationDetail = z.object({
  relation: z.string(),
  layer,
  rows: rowCount,
  columns: z.array(
    z.object({
      column: z.string(),
      type: columnType,
      before: columnSummary.nullable(),
      after: columnSummary.nullable(),
      /** The distance of the distributions, PSI; null where there is nothing to compare. */
      distance: z.number().nullable(),
      level,
    }),
  ),
  /** Of a source: rows read by the runs up to `a` and from there up to `b`, by file. */
  files: z.array(z.object({ run_id: z.int(), file: z.string(), rows_read: z.int(), rows_quarantined: z.int() })),
  /** Rows by company, the largest change first; at most 200. */
  companies: z.array(brokenDown),
  differences: z.array(difference),
})
export type RelationDetail = z.infer<typeof relationDetail>

const seriesPoint = z.object({
  run_id: z.int(),
  as_of: z.string(),
  value: z.number(),
  /** What the runs before it let expect. */
  band: band.nullable(),
  unusual: z.number().nullable(),
  label: runLabel.nullable(),
  /** False where it is not learned from: an incident, or replaced by a later run of the same deliveries. */
  is_learned_from: z.boolean(),
})
export type SeriesPoint = z.infer<typeof seriesPoint>

const suggestion = z.object({
  id: z.string(),
  model: z.string(),
  column: z.string().nullable(),
  /** What history shows: "null share was 0.0-0.4 % in 30 runs". */
  because: z.string(),
  /** The check as it would stand in the project. */
  yaml: z.string(),
  runs: z.int(),
})
export type Suggestion = z.infer<typeof suggestion>

export const compareMethods = {
  /** The runs that can be compared, newest first. */
  runs: method('compare.runs', z.object({}), z.array(comparedRun)),
  /** What differs between two runs, and whether anyone should worry. Left out: the last two published. Null before there are two. */
  overview: method('compare.overview', pair, overview.nullable()),
  relation: method('compare.relation', pair.extend({ relation: z.string() }), relationDetail),
  column: method(
    'compare.column',
    pair.extend({ relation: z.string(), scope: metricScope, column: z.string() }),
    columnDetail,
  ),
  /** A metric from run to run, oldest first, each with the band that the runs before it gave. */
  series: method(
    'compare.series',
    z.object({ ...metricKey.shape, limit: z.int().min(1).max(1000).default(120) }),
    z.object({ unit: metricUnit, title: z.string(), points: z.array(seriesPoint) }),
  ),
  /** Several metrics' last values, for sparklines; those that are not known are left out. */
  sparklines: method(
    'compare.sparklines',
    z.object({ keys: z.array(metricKey).max(100), limit: z.int().min(2).max(60).default(30) }),
    z.array(z.object({ key: metricKey, values: z.array(z.object({ run_id: z.int(), value: z.number() })) })),
  ),
  /** Teaches the baselines: of a whole run, or of one metric of it. Null takes the label off. */
  label: method(
    'compare.label',
    z.object({
      run_id: z.int(),
      key: metricKey.nullable(),
      label: runLabel.nullable(),
      reason: z.string().max(1000).default(''),
    }),
    z.null(),
  ),
  /** The labels that were given, newest first. */
  labels: method(
    'compare.labels',
    z.object({}),
    z.array(
      z.object({
        run_id: z.int(),
        key: metricKey.nullable(),
        label: runLabel,
        reason: z.string(),
        who: z.string(),
        at: z.string(),
      }),
    ),
  ),
  /** Checks that the history of the metrics suggests and that the project does not have. */
  suggestions: method('compare.suggestions', z.object({}), z.array(suggestion)),
  /** Writes a suggested check into the project's .yml; the next run checks it. */
  adopt: method('compare.adopt', z.object({ id: z.string() }), z.object({ path: z.string(), line: z.int() })),
}
