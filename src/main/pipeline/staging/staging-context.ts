import type { Connection } from '../../store/database.ts'
import type { Amendments } from '../amendment/amendment.ts'
import type { DeliveredRecord } from '../archive/fetch-records.ts'
import type { IngestionLimit } from '../contract/ingestion-limit.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import type { ReadingThread } from './reading-thread.ts'
import type { RunSteps } from './run-steps.ts'

/** What the staging of a source needs to know; all sources of a run share it. */
export interface StagingContext {
  readonly connection: Connection
  readonly runId: number
  /** What of the run is done; a step that is done is not done again. */
  readonly steps: RunSteps
  /** Null where no feed is read. */
  readonly thread: ReadingThread | null
  readonly contracts: ReadonlyMap<string, SourceContract>
  readonly asOf: number
  readonly nullWords: readonly string[]
  readonly maxRecordBytes: number
  readonly companyColumn: string | null
  /** By source: the amendments that the living state was made with, and those that count in this run. */
  readonly before: ReadonlyMap<string, Amendments>
  readonly now: ReadonlyMap<string, Amendments>
  /** The sources whose contract says other things than it did in the run before. */
  readonly changedContracts: ReadonlySet<string>
  /** The sources whose rows are staged by another key or with other types than their contract has now: all of them are staged anew. */
  readonly reformed: ReadonlySet<string>
  /** What people limit the sources to. */
  readonly limits: ReadonlyMap<string, IngestionLimit>
  fetchRecords(arrivals: readonly number[]): ReadonlyMap<number, DeliveredRecord>
}
