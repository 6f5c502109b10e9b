import type { CompanyHold } from './gates/held-by-gates.ts'
import type { RebuildRequest } from './models/rebuild.ts'

/** All that a run is started with; plain data, since it crosses into the job process. */
export interface RunRequest {
  /** feeds: reads what was delivered; replay: brings what people decided to the models; preview: the same, published never. */
  readonly kind: 'feeds' | 'replay' | 'preview'
  readonly projectFolder: string
  /** Folder of the feeds; empty where none is read. */
  readonly inputFolder: string
  readonly workspaceFolder: string
  /** The day that counts as today, `YYYY-MM-DD`; null for the day of the published run. */
  readonly asOf: string | null
  /** Folder that gets every export as CSV and Parquet once the run is published; null for none. */
  readonly exportFolder: string | null
  readonly startedBy: string
  /** The records that a replay is about, by their arrival numbers; null for all about which something was decided. */
  readonly records: readonly number[] | null
  /** Reads files that are known too, as a proof does. */
  readonly readsAgain?: boolean
  /** Of a proof: the companies that gates held in the run that is made again. */
  readonly heldByGates?: readonly CompanyHold[]
  /** Reads all that was ever delivered again, from the archive, and builds everything from that. */
  readonly fullRefresh?: boolean
  /** What the gates hold is let through, for a reason; null or absent: it is held. */
  readonly allowHeld?: { readonly reason: string; readonly isExpected: boolean } | null
  /** The run that was broken off and is to be gone on with; where that cannot be, it is taken back or set aside and the run starts over. */
  readonly resume?: number
  /** What is built again although nothing of it changed: a backfill, or models that a person wants anew. */
  readonly rebuild?: RebuildRequest
}

/** What is kept of a request with its run, as JSON: what the run does, not that it goes on with another. */
export const requestText = (request: RunRequest) => JSON.stringify({ ...request, resume: undefined })
