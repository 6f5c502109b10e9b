/** A feed file: where it lies, and the name that its records are known by. */
export interface FeedFile {
  readonly path: string
  readonly name: string
}

/** What the contract says about the form of a feed. */
export interface FeedShape {
  /** The contract's columns, in its order, by their normalised names. */
  readonly columns: readonly string[]
  /** The columns without which a file is rejected. */
  readonly required: readonly string[]
  /** `map`: one JSON object whose keys and values are read as records of the first and the second column. */
  readonly layout: 'records' | 'map'
  /** A record that is longer is unparsable. Line ends do not count. */
  readonly maxRecordBytes: number
}

/** A record that was read. One object serves all calls, its cells too: take what you need, keep neither. */
export interface FeedRecord {
  /** The physical line on which it starts, from 1; in a JSON array or map its position, from 1. */
  line: number
  /** The byte of the file at which it starts. */
  offset: number
  /** Its bytes, without the line end. */
  length: number
  /** Aligned with the shape's columns; text as delivered, not trimmed; null where the column is absent or a JSON null. */
  readonly cells: (string | null)[]
  /** Its exact text. */
  raw(): string
  /** Every delivered column, also those that the contract does not know, by normalised name. */
  named(): Record<string, string | null>
}

/** A record that could not be taken, in the file's order between the others. */
export interface BadRecord {
  readonly line: number
  readonly offset: number
  /** The bytes in the file, also where `raw` holds only the first of them. */
  readonly length: number
  readonly rule: 'unparsable' | 'wrong_number_of_fields'
  /** Its exact text: in CSV and NDJSON its first physical line; never more than the longest record allowed. */
  readonly raw: string
  /** Why, for a person: what follows the words "this record". */
  readonly detail: string
  /** In CSV how the file parts and names its cells; null in JSON. */
  readonly header: { readonly delimiter: string; readonly columns: readonly string[] } | null
}

export interface FeedHandlers {
  record(record: FeedRecord): void
  bad(bad: BadRecord): void
  /** Called after each block with the bytes read so far. */
  progress?(bytesRead: number): void
}

export type FeedEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** What was learned of a file that was read to its end. */
export interface FeedSummary {
  readonly encoding: FeedEncoding
  readonly format: 'csv' | 'json' | 'ndjson' | 'json map'
  /** The delimiter of a CSV file, otherwise null. */
  readonly delimiter: string | null
  /** The delivered columns by their normalised names, in the order of their first appearance. */
  readonly columns: readonly string[]
  /** The records, good and bad. */
  readonly rows: number
  readonly bytes: number
  /** When it was last written, in milliseconds since 1970-01-01 UTC. */
  readonly writtenAt: number
  readonly warnings: readonly 'not_utf8'[]
  /** Of the file's bytes, in hexadecimal digits. */
  readonly sha256: string
}
