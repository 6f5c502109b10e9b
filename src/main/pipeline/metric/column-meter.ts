import type { ColumnMetric, MetricValue, ValueSample } from './column-metric.ts'

/** A column's metric, with the sample that is needed to bring it forward. */
export interface MeasuredColumn {
  readonly metric: ColumnMetric
  readonly sample: ValueSample | null
}

/** The least and the greatest number of a column. */
export interface Extremes {
  readonly min: number | null
  readonly max: number | null
}

/** Measures a column row by row; a weight of -1 takes a row away again. */
export interface ColumnMeter {
  add(value: MetricValue | null, weight: number): void
  /** Whether a row that held the least or the greatest number was taken away, so that `take` must be told these. */
  needsExtremes(): boolean
  take(extremes?: Extremes): MeasuredColumn
}
