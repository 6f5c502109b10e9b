import type { ColumnType } from '../../kernel/column-type.ts'
import type { ComparisonRule } from './contract-schema.ts'
import type { GateSettings } from './gate-settings.ts'

/** How a cell's text becomes a value. */
export type CellForm =
  | { readonly kind: 'text' }
  | { readonly kind: 'date' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'money' }
  | { readonly kind: 'email' }
  | { readonly kind: 'domain' }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly normalForm: string }
  | { readonly kind: 'accepted'; readonly values: readonly string[] }
  /** `names` maps the lower-case variant to the name. */
  | { readonly kind: 'alias'; readonly names: Readonly<Record<string, string>>; readonly unknownRule: string }
  /** `columns` maps the lower-case key of a pair to its staged column. */
  | { readonly kind: 'pairs'; readonly columns: Readonly<Record<string, string>> }

export interface Inference {
  readonly source: string
  readonly emailColumn: string
  readonly flag: string
  readonly rule: string
}

export interface ContractField {
  readonly name: string
  readonly description: string
  readonly form: CellForm
  readonly isRequired: boolean
  /** The rule that a value of the wrong form breaks; null where every text is of the form. */
  readonly formRule: string | null
  readonly comparisons: readonly ComparisonRule[]
  readonly inference: Inference | null
  /** The column of pairs that stands in where this one is null. */
  readonly fallback: string | null
  /** What texts that are not of the form are known to mean. */
  readonly repairs: Readonly<Record<string, string>>
}

export interface StagedColumn {
  readonly name: string
  readonly type: ColumnType
  readonly description: string
  /** Carried forward from the latest version that has a value. */
  readonly isCarried: boolean
  /** Whether its values are about a person, so that reports mask them. */
  readonly isPersonal: boolean
}

/** A contract, checked and resolved: plain data, so that it can be sent to the reading thread. */
export interface SourceContract {
  readonly name: string
  readonly description: string
  /** File name pattern, lower-case: a prefix, `*`, and an extension or nothing. */
  readonly files: string
  readonly layout: 'records' | 'map'
  readonly fields: readonly ContractField[]
  readonly requiredInFile: readonly string[]
  readonly staged: readonly StagedColumn[]
  readonly key: readonly string[]
  readonly fallbackKey: readonly string[] | null
  readonly recency: readonly string[]
  /** Columns by which staged rows are looked up besides the key. */
  readonly indexes: readonly (readonly string[])[]
  readonly gates: GateSettings
}

/** The sources whose staged rows the verdict on this source's rows hangs on. */
export function lookupSourcesOf(contract: SourceContract): readonly string[] {
  return [...new Set(contract.fields.flatMap((field) => (field.inference === null ? [] : [field.inference.source])))]
}

/** The rules whose verdict may change from run to run: those that look at the as-of date or at another source. */
export function runDependentRulesOf(contract: SourceContract): readonly string[] {
  return contract.fields.flatMap((field) => [
    ...field.comparisons.flatMap((rule) => ('failsAfter' in rule.implementation ? [rule.name] : [])),
    ...(field.inference === null ? [] : [field.inference.rule]),
  ])
}
