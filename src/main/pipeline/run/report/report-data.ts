import type { CheckStatus } from '../../../kernel/check-status.ts'
import type { MetricUnit } from '../comparison/metric-kinds.ts'
import type { SchemaChange } from '../comparison/compare-schemas.ts'
import type { Level } from '../comparison/shapes.ts'
import type { Decisions, Listed, Offenders } from './report-lists.ts'

export type { Decisions, Listed, Offenders } from './report-lists.ts'

/** All that a report says of a run, as plain data; what is masked is masked in here already. */
export interface ReportData {
  readonly project: string
  readonly workspace: string
  readonly run: ReportedRun
  readonly verdict: Verdict
  readonly summary: Summary
  readonly books: readonly Book[]
  readonly files: Listed<FeedFile>
  readonly checks: Listed<CheckResult>
  readonly comparison: Comparison
  readonly offenders: Offenders | null
  readonly decisions: Decisions
  readonly models: readonly ModelRows[]
  /** Whether values of personal columns are masked. */
  readonly isMasked: boolean
  readonly version: string
}

export interface ReportedRun {
  readonly runId: number
  readonly kind: 'feeds' | 'replay' | 'preview'
  readonly status: 'published' | 'blocked' | 'failed' | 'cancelled'
  /** What it wrote was taken back for good, or set aside. */
  readonly isUndone: boolean
  readonly asOf: string
  readonly startedAt: string
  readonly startedBy: string
  readonly finishedAt: string | null
  readonly seconds: number | null
  readonly error: string | null
}

export interface Verdict {
  readonly level: 'good' | 'attention' | 'bad'
  readonly word: string
  readonly sentence: string
}

export interface Summary {
  readonly read: number
  readonly staged: number
  readonly heldBack: number
  /** Rows held back in all that readers of the run see; null where the run left no rows. */
  readonly open: number | null
  readonly modelRows: number | null
  readonly modelChange: number | null
  readonly checksPassed: number
  readonly checksFailed: number
  /** Null where there was no run to compare with. */
  readonly alarms: number | null
}

/** `read + released + withdrawn = inserted + updated + unchanged + superseded + heldBack` */
export interface Book {
  readonly source: string
  readonly read: number
  readonly released: number
  readonly withdrawn: number
  readonly inserted: number
  readonly updated: number
  readonly unchanged: number
  readonly superseded: number
  readonly heldBack: number
}

export interface FeedFile {
  readonly file: string
  readonly source: string
  readonly format: string
  readonly encoding: string
  readonly bytes: number
  readonly rowsRead: number
  readonly heldBack: number
  readonly isKnown: boolean
  readonly rejected: string | null
}

export interface CheckResult {
  readonly name: string
  readonly model: string
  readonly column: string | null
  readonly severity: 'warn' | 'error'
  readonly status: CheckStatus
  readonly failures: number
  readonly blocking: boolean
  readonly measured: string | null
  readonly expected: string | null
}

export interface ModelRows {
  readonly model: string
  readonly rows: number
  readonly previous: number | null
}

export interface Comparison {
  /** The run before; null where there is none to compare with, and then `sentence` says why. */
  readonly before: number | null
  readonly after: number
  readonly sentence: string
  readonly level: Level
  readonly alarms: number
  readonly differences: Listed<ReportedDifference>
  readonly schema: readonly SchemaChange[]
}

export interface ReportedDifference {
  readonly place: string
  readonly sentence: string
  readonly level: Level
  readonly picture: Picture
}

/** What a difference looks like, as numbers. */
export type Picture =
  | { readonly kind: 'histogram' | 'values'; readonly title: string; readonly bars: readonly Bar[] }
  | {
      readonly kind: 'series'
      readonly title: string
      readonly unit: MetricUnit
      readonly points: readonly SeriesValue[]
    }

export interface Bar {
  readonly from: string
  readonly to: string | null
  readonly before: number
  readonly after: number
}

export interface SeriesValue {
  readonly run: number
  readonly asOf: string
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}
