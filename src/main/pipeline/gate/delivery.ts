import type { ColumnProfile } from './column-profile.ts'
import type { CompanyCounts } from './company-counts.ts'
import type { Sketch } from './sketch.ts'

/** All that is new of a source in a run: its files that no accepted run has read yet, taken together. */
export interface Delivery {
  readonly source: string
  /** Of the hashes of its files: the same input has the same one. */
  readonly fingerprint: string
  readonly rows: number
  /** Those that are not held back. */
  readonly sound: number
  /** How many files it is of. */
  readonly files: number
  /** The one that was written last, in milliseconds since 1970-01-01 UTC. */
  readonly newestFile: { readonly name: string; readonly writtenAt: number }
  /** The greatest recency of a valid row, in milliseconds; null where none has one. */
  readonly newest: number | null
  readonly keys: Sketch
  readonly contents: Sketch
  readonly columns: readonly ColumnProfile[]
  /** Null where the contract does not have its companies judged, or there are too many. */
  readonly companies: CompanyCounts | null
}

/** What is remembered of an accepted delivery. */
export interface PastDelivery {
  readonly runId: number
  /** The as-of date of its run, in days since 1970-01-01. */
  readonly day: number
  readonly rows: number
  /** False where a person let it through without saying that it is what to expect from now on. */
  readonly teaches: boolean
  /** Where a person said that a new level begins: how many times the rows that were expected. */
  readonly levelRatio: number | null
  readonly shares: KeyShares | null
  /** The share of its rows that have the contents of others of it under keys of their own; null where that was not kept. */
  readonly repeatedWithin: number | null
  /** Null for all but the last ones. */
  readonly keys: Sketch | null
  readonly contents: Sketch | null
  readonly columns: readonly ColumnProfile[] | null
}

/** How the keys of a delivery stand to those of the one before it, each from 0 to 1. */
export interface KeyShares {
  readonly added: number
  readonly gone: number
  readonly changed: number
  /** Of its rows without their keys: those that the one before had too. */
  readonly repeated: number
}

/** companies: those of a delivery taken together; each is judged by its volume. */
export type GateName = 'volume' | 'freshness' | 'keys' | 'schema' | 'companies'

/** What a gate says of a delivery. quiet: it has nothing to go by yet. */
export interface GateVerdict {
  readonly gate: GateName
  readonly status: 'pass' | 'warn' | 'held' | 'quiet'
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  /** Of the volume: how many rows were to be expected. */
  readonly expected?: number
  /** The runs whose deliveries it went by. */
  readonly learnedFrom: readonly number[]
  /** For a person: the value, the band, what it was learned from, and the likely cause. */
  readonly message: string
}

/** What the volume gate says of one company of a delivery that is not as usual, or that was held before. */
export interface CompanyVerdict extends GateVerdict {
  readonly gate: 'volume'
  readonly company: string
  readonly status: 'pass' | 'held'
  readonly value: number
  readonly expected: number
}
