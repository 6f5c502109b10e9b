import type { Finding } from '../../contract/finding.ts'
import type { SourceContract } from '../../contract/source-contract.ts'
import type { KnownValues } from './known-values.ts'

export type SuggestionKind = 'date' | 'ein' | 'accepted' | 'domain' | 'amount' | 'key' | 'quote'

/** A value that would mend a cell. Taken alone it removes the finding that it was made for and leaves its own cell without error. */
export interface Suggestion {
  /** `row`: the whole record is written anew. */
  readonly field: string
  /** The cell as delivered; null where it was absent. */
  readonly raw_value: string | null
  readonly new_value: string
  /** A sentence for a person: why this is likely meant. */
  readonly reason: string
  /** From 0 to 1. */
  readonly confidence: number
  readonly kind: SuggestionKind
}

/** What suggestions for all records of a source are made from. */
export interface SuggestionContext {
  readonly contract: SourceContract
  readonly known: KnownValues
  /** Days since 1970-01-01. */
  readonly asOf: number
  readonly nullWords: readonly string[]
}

/** A record that breaks a rule. */
export interface BrokenRecord {
  /** As delivered, by column; empty where it could not be parsed. */
  readonly cells: Readonly<Record<string, string | null>>
  readonly findings: readonly Finding[]
  /** Its exact text; of a CSV record that could not be parsed its first line. */
  readonly raw: string
  /** How its file parts the cells, and the normalised names; null where that is not CSV. */
  readonly header: { readonly delimiter: string; readonly columns: readonly string[] } | null
}

/** A value that may be meant by a text, before it is judged. */
export interface Guess {
  readonly value: string
  readonly reason: string
  readonly confidence: number
}

/** A guess for a cell. */
export interface Offer extends Guess {
  readonly field: string
  readonly kind: SuggestionKind
}
