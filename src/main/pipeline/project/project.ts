import type { ColumnType } from '../../kernel/column-type.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import type { EnrichmentConfig, LineageRule, ProjectFile } from './project-schema.ts'

export type Severity = 'warn' | 'error'

/** A check of a model, with its name made and its defaults filled in. */
export interface Check {
  readonly name: string
  readonly model: string
  readonly column: string | null
  readonly severity: Severity
  /** Stops publishing when it fails. */
  readonly isBlocking: boolean
  readonly test:
    | { readonly kind: 'not_null' }
    | { readonly kind: 'unique' }
    | { readonly kind: 'accepted_values'; readonly values: readonly (string | number)[] }
    | { readonly kind: 'relationships'; readonly to: string; readonly field: string }
    | { readonly kind: 'expression_is_true'; readonly expression: string }
}

export interface ModelColumn {
  readonly name: string
  readonly type: ColumnType
  readonly description: string
  readonly isHidden: boolean
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
  /** At most one for each model or source that it reads. */
  readonly lineage: readonly LineageRule[]
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
  readonly macros: string
}
