import type { ErrorReport } from '../../kernel/app-error.ts'
import type { Column } from '../../kernel/column-type.ts'
import type { SqlValue } from '../../store/database.ts'

/** The classes of rows that are listed, by their number in the tables of a comparison; rows that are equal are only counted. */
export const differenceClasses = ['added', 'removed', 'changed', 'null_key', 'duplicate_key'] as const
export type DifferenceClass = (typeof differenceClasses)[number]

/** One side of a comparison. */
export interface ComparedSide {
  /** The rows to be compared, to be put behind FROM. */
  readonly sql: string
  /** Counts all rows, where `sql` gives only those that may differ; null where it gives all. */
  readonly countSql: string | null
  /** About how many rows `sql` gives, to tell how far the work is; null where nobody knows. */
  readonly expectedRows: number | null
}

/** Two relations to be compared row by row. */
export interface ComparisonTask {
  readonly databasePath: string
  readonly before: ComparedSide
  readonly after: ComparedSide
  /** What names a row on both sides. */
  readonly key: readonly Column[]
  /** What is compared, besides the key. */
  readonly columns: readonly Column[]
  /** A SELECT of one value that tells whether the task still fits the workspace, and what it gave when the task was made. */
  readonly stamp: { readonly sql: string; readonly value: SqlValue }
}

export interface SideCounts {
  readonly before: number
  readonly after: number
}

/** What came of a comparison; rows = removed (or added) + changed + unchanged + those of null and duplicate keys, on each side. */
export interface ComparisonSummary {
  readonly rows: SideCounts
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly unchanged: number
  readonly nullKeys: SideCounts
  readonly duplicateKeys: SideCounts
  /** Rows of `changed`, in the order of the compared columns. */
  readonly byColumn: readonly number[]
}

/** Which differences are asked for; all where nothing is said. `column` is the place of a compared column. */
export interface DifferenceFilter {
  readonly class: DifferenceClass | null
  readonly column: number | null
}

/** A row that is not equal on both sides; the values in the order of the task's key and columns. */
export interface Difference {
  readonly class: DifferenceClass
  readonly key: readonly SqlValue[]
  readonly before: readonly SqlValue[] | null
  readonly after: readonly SqlValue[] | null
  /** The places of the columns that differ, in a changed row. */
  readonly changed: readonly number[]
}

/** What is asked of a comparison that is done. */
export type ComparisonQuestion =
  | { readonly kind: 'page'; readonly filter: DifferenceFilter; readonly offset: number; readonly limit: number }
  | {
      readonly kind: 'write'
      readonly filter: DifferenceFilter
      readonly folder: string
      readonly name: string
      readonly format: 'csv' | 'xlsx'
    }

export interface AskedComparison {
  readonly number: number
  readonly question: ComparisonQuestion
}

/** What the thread of a comparison tells; `stale`: the workspace was written to since the task was made. */
export type ComparisonMessage =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'done'; readonly summary: ComparisonSummary }
  | { readonly kind: 'stale' }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: unknown }
  | { readonly kind: 'refusal'; readonly number: number; readonly error: ErrorReport }
