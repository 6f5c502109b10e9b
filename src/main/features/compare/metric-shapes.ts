import { z } from 'zod'
import { columnTypes } from '../../kernel/column-type.ts'
import { metricNames } from '../../pipeline/run/comparison/metric-key.ts'

/**
 * state: all rows that readers of a run see; delivered: the rows of a source that the run staged new or changed, in which a bad feed shows
 * although years of good ones lie beneath.
 */
export const metricScope = z.enum(['state', 'delivered'])
export type MetricScope = z.infer<typeof metricScope>

/** What is followed from run to run. Of a relation: rows. Of a column: the others; the last three compare with the run before. */
export const metricName = z.enum(metricNames)
export type MetricName = z.infer<typeof metricName>

/** How numbers of a metric are to be read: money in text with two decimals is never sent, `number` is in the column's own unit. */
export const metricUnit = z.enum(['rows', 'share', 'values', 'money', 'days', 'percent', 'number', 'distance'])
export type MetricUnit = z.infer<typeof metricUnit>

/** Names one metric: with `company` of the rows of one company. */
export const metricKey = z.object({
  relation: z.string(),
  scope: metricScope,
  column: z.string().nullable(),
  company: z.string().nullable(),
  metric: metricName,
})
export type MetricKey = z.infer<typeof metricKey>

/** incident: it was wrong; expected: unusual, but right this once; new_level: right from now on; clean: as usual, to be learned from. */
export const runLabel = z.enum(['incident', 'expected', 'new_level', 'clean'])
export type RunLabel = z.infer<typeof runLabel>

/** alarm: outside of what history lets expect, and large enough to matter; notable: large, with too little history to tell. */
export const level = z.enum(['alarm', 'notable', 'usual'])
export type Level = z.infer<typeof level>

/** What a metric should be, and the runs that it was learned from. */
export const band = z.object({
  low: z.number(),
  high: z.number(),
  expected: z.number(),
  seasonality: z.enum(['none', 'weekday', 'day_of_month', 'business_day']),
  runs: z.array(z.int()).readonly(),
})
export type Band = z.infer<typeof band>

const place = z.object({ position: z.number(), count: z.int() })

/** All that is kept of a column's values. */
export const columnSummary = z.object({
  rows: z.int(),
  nulls: z.int(),
  distinct: z.number(),
  /** False where it is an estimate from a sample. */
  is_distinct_exact: z.boolean(),
  /** As a person reads them; null where the column has no values or is text. */
  min: z.string().nullable(),
  max: z.string().nullable(),
  mean: z.string().nullable(),
  sum: z.string().nullable(),
  quantiles: z.array(z.object({ share: z.number(), value: z.string() })),
  /** Characters; null but for text. */
  lengths: z.object({ min: z.int(), max: z.int(), mean: z.number(), counts: z.array(place) }).nullable(),
})
export type ColumnSummary = z.infer<typeof columnSummary>

/** One bar of two histograms, or one value of two top lists. */
export const histogramBin = z.object({
  /** Where it begins and ends, as a person reads it; of a top value the value, and null. */
  from: z.string(),
  to: z.string().nullable(),
  before: z.int(),
  after: z.int(),
  /** Its part of the distance, 0 to 1. */
  contribution: z.number(),
})
export type HistogramBin = z.infer<typeof histogramBin>

export const columnType = z.enum(columnTypes)
