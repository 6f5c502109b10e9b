import type { ColumnType } from '../../kernel/column-type.ts'

/** A value of a column as the database holds it: text, or a number in the column's inside unit (days, cents, milliseconds). */
export type MetricValue = string | number

/** All that is kept of the values of a column; small, whatever the number of rows, and brought forward by what a run adds and closes. */
export interface ColumnMetric {
  readonly column: string
  readonly type: ColumnType
  readonly rows: number
  readonly nulls: number
  /** How many different values; an estimate where `detail.isComplete` is false. */
  readonly distinct: number
  /** Of numbers, days and instants, in the inside unit; null for text and where there is no value. */
  readonly min: number | null
  readonly max: number | null
  readonly sum: number | null
  readonly detail: ColumnDetail
}

type Counts<Key> = readonly (readonly [Key, number])[]

export interface ColumnDetail {
  /** All values with their rows where there are few, else some of the most frequent. */
  readonly values: Counts<MetricValue>
  readonly isComplete: boolean
  /** Rows by fixed bin (see number-bins.ts); empty for text. */
  readonly bins: Counts<number>
  /** Rows by number of characters; empty but for text. */
  readonly lengths: Counts<number>
  /** Of a sample of different texts, rows by shape: letters as `a` and `A`, digits as `9`. Empty where `values` are complete. */
  readonly shapes: Counts<string>
}

/** Hashes of a sample of a column's values with the rows of each, by which different values are counted although rows come and go. */
export interface ValueSample {
  /** Sampled are the hashes below 1 / 2^depth of all. */
  readonly depth: number
  readonly counts: Counts<number>
}

/** Rows, nulls and sums of one company in a relation: `[rows, nulls of the 1st column, its sum, nulls of the 2nd, ...]`. */
export type CompanyMeasures = readonly number[]
