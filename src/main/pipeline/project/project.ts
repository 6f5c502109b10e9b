import type { ColumnType } from '../../kernel/column-type.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import type { EnrichmentConfig, LineageRule, ProjectFile } from './project-schema.ts'
import type { UnitTestRow } from './unit-test-schema.ts'

export type Severity = 'warn' | 'error'

/** The decimal number `units / 10 ^ scale`, exactly. */
export interface Decimal {
  readonly units: number
  readonly scale: number
}

/** How many failing rows are too many: a count, or a share of the rows in percent. */
export interface Limit extends Decimal {
  readonly comparison: '>' | '>='
  readonly isPercent: boolean
}

/** What a check asks of each row: rows fail it. Bounds are SQL literals of values as the column holds them. */
export type RowTest =
  | { readonly kind: 'not_null' }
  | { readonly kind: 'unique' }
  | { readonly kind: 'accepted_values'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'relationships'; readonly to: string; readonly field: string }
  | { readonly kind: 'between'; readonly min: string | null; readonly max: string | null; readonly isStrict: boolean }
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'expression_is_true'; readonly expression: string }
  | { readonly kind: 'unique_combination'; readonly columns: readonly string[] }

/** What a check asks of all rows together: a number that it measures. */
export type MeasureTest =
  | {
      readonly kind: 'row_count'
      readonly min: number | null
      readonly max: number | null
      readonly equalTo: string | null
    }
  /** Days between the newest value and the as-of date. */
  | { readonly kind: 'freshness'; readonly warnAfter: number | null; readonly errorAfter: number | null }
  /** `equals` is an SQL expression. */
  | { readonly kind: 'sum'; readonly min: string | null; readonly max: string | null; readonly equals: string | null }
  | { readonly kind: 'not_null_proportion'; readonly atLeast: Decimal; readonly atMost: Decimal }

/** A check of a model, with its name made and its defaults filled in. */
export interface Check {
  readonly name: string
  readonly model: string
  readonly column: string | null
  readonly severity: Severity
  /** Stops publishing when it fails. */
  readonly isBlocking: boolean
  /** The column whose values a failure blocks, instead of the whole run; null where it blocks the run. */
  readonly per: string | null
  /** From when on it warns, and from when on it fails. */
  readonly warnIf: Limit
  readonly errorIf: Limit
  /** Models that it looks at besides its own. */
  readonly reads: readonly string[]
  readonly test: RowTest | MeasureTest
  /** Where it is written. */
  readonly place: CheckPlace
}

/** Line and column count from 1. */
export interface CheckPlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface ModelColumn {
  readonly name: string
  readonly type: ColumnType
  readonly description: string
  readonly isHidden: boolean
}

export interface ModelGuard {
  readonly maxGrowth: number
  /** Null where the seconds of its own runs are the measure. */
  readonly maxSeconds: number | null
  /** Null: growth stops publishing, cost warns. */
  readonly severity: Severity | null
}

/** The day of a model's rows. */
export interface EventDate {
  readonly column: string
  readonly looksBack: number
  /** Sources and tables of which a row hangs on the rows of its own day, by `column`, and of the `looksBack` days before it alone. */
  readonly inputs: readonly { readonly to: string; readonly column: string; readonly looksBack: number }[]
}

export interface Model {
  readonly name: string
  readonly description: string
  readonly layer: 'staging' | 'intermediate' | 'fact' | 'mart' | 'export'
  readonly materialized: 'table' | 'view'
  readonly grain: readonly string[]
  readonly columns: readonly ModelColumn[]
  readonly checks: readonly Check[]
  /** As written, with its templates. */
  readonly sql: string
  readonly path: string
  /** Sources (`feeds` and `assay`), models and enrichments that it reads. */
  readonly readsSources: readonly string[]
  readonly readsModels: readonly string[]
  /** Columns by which the model can be built in parts; none where it is built whole. */
  readonly partitionBy: readonly string[]
  /** Models that change values of this view's rows, but neither which rows there are nor what its checks say. */
  readonly looksUp: readonly string[]
  /** The day of a row's event, and how many days before it the row hangs on too; null where rows have none. */
  readonly eventDate: EventDate | null
  /** What it may grow by and cost. */
  readonly guard: ModelGuard
  /** At most one for each model or source that it reads. */
  readonly lineage: readonly LineageRule[]
}

/** Rows in place of one of the models or sources that a model reads. */
export interface GivenRows {
  /** null for a model, else the first word of `source('feeds', 'claims')`. */
  readonly group: string | null
  readonly name: string
  readonly rows: readonly UnitTestRow[]
}

/** Given rows for what a model reads, and the rows that it must make of them. */
export interface UnitTest {
  readonly name: string
  readonly description: string
  readonly model: string
  /** Whether the test, where it fails, blocks a run or only warns. */
  readonly severity: Severity
  readonly vars: Readonly<Record<string, unknown>>
  readonly given: readonly GivenRows[]
  readonly expected: readonly UnitTestRow[]
  /** The .yml file, as the project names it. */
  readonly path: string
}

/** A project folder, read and checked. */
export interface Project {
  readonly folder: string
  readonly config: ProjectFile
  readonly contracts: ReadonlyMap<string, SourceContract>
  readonly enrichments: ReadonlyMap<string, EnrichmentConfig>
  /** In an order in which every model comes after what it reads; enrichments stand among them by name in `buildOrder`. */
  readonly models: ReadonlyMap<string, Model>
  readonly buildOrder: readonly string[]
  readonly unitTests: readonly UnitTest[]
  readonly macros: string
}
