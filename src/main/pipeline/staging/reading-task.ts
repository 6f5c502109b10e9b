import type { ErrorReport } from '../../kernel/app-error.ts'
import type { Amendments } from '../amendment/amendment.ts'
import type { HeldCompanies } from '../contract/ingestion-limit.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import type { ObservedFile } from '../gate/observe-file.ts'
import type { Batch } from './batch.ts'

/** What the reading thread is asked to do: read and judge all files of one source. Plain data. */
export interface ReadingTask {
  readonly contract: SourceContract
  /** In the order in which they count as delivered. */
  readonly files: readonly { readonly path: string; readonly name: string }[]
  readonly asOf: number
  readonly nullWords: readonly string[]
  readonly maxRecordBytes: number
  readonly lookups: Readonly<Record<string, ReadonlyMap<string, string>>>
  /** Companies whose rows are held back. */
  readonly heldCompanies: HeldCompanies | null
  /** Records behind the first so many are held back; null where none is. */
  readonly maxRows: number | null
  /** What people decided about records of the source. */
  readonly amendments: Amendments
  /** The column that names the company of a record, null where the project names none. */
  readonly companyColumn: string | null
  /** The arrival number of the first record. */
  readonly firstArrival: number
  /** One Int32: batches sent and not yet taken. The thread waits while there are many, so that memory stays constant. */
  readonly inFlight: SharedArrayBuffer
}

/** What was learned of a file that was read to its end. */
export interface FileFacts {
  readonly file: string
  /** The arrival number of its first record; the others are numbered on from there. */
  readonly firstArrival: number
  /** Records, good and bad, as the reader counts them. */
  readonly rows: number
  readonly bytes: number
  /** When the file was last written, in milliseconds since 1970-01-01 UTC. */
  readonly writtenAt: number
  readonly sha256: string
  readonly encoding: string
  readonly format: string
  readonly warnings: readonly string[]
  /** What the gates want to know of it. */
  readonly observed: ObservedFile
}

export type ReadingMessage =
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'file'; readonly facts: FileFacts }
  | { readonly kind: 'rejected'; readonly file: string; readonly error: ErrorReport }
  | { readonly kind: 'done'; readonly nextArrival: number }
  | { readonly kind: 'failed'; readonly error: ErrorReport }

/** The most batches under way between the threads. */
export const maxInFlight = 4
