import { AppError } from '../../kernel/app-error.ts'
import { inTransaction, type Connection } from '../../store/database.ts'
import { ensureVersionedTable, noteFirstVersion } from '../../store/versioned-table.ts'
import type { VerdictContext } from '../contract/compile-contract.ts'
import { lookupSourcesOf, type SourceContract } from '../contract/source-contract.ts'
import type { Batch } from './batch.ts'
import { followLookups, readLookup } from './follow-lookups.ts'
import { dropLanding, openLanding } from './landing.ts'
import { mergeFindings } from './merge-findings.ts'
import { mergeLanding } from './merge-landing.ts'
import type { FileFacts } from './reading-task.ts'
import type { ReadingThread } from './reading-thread.ts'
import { mergeReevaluated, reevaluateQuarantine } from './reevaluate-quarantine.ts'
import { stagedTableOf } from './staged-table.ts'

/** What the staging of a source needs to know; all sources of a run share it. */
export interface StagingContext {
  readonly connection: Connection
  readonly runId: number
  readonly thread: ReadingThread
  readonly contracts: ReadonlyMap<string, SourceContract>
  readonly asOf: number
  readonly nullWords: readonly string[]
  readonly maxRecordBytes: number
}

export interface StagingListener {
  batch(batch: Batch): void
  file(facts: FileFacts): void
  rejected(file: string, reason: string): void
}

/** Where every record of a source went: `rows_read + released = inserted + updated + unchanged + superseded + quarantined`. */
export interface Book {
  readonly rows_read: number
  readonly released: number
  readonly inserted: number
  readonly updated: number
  readonly unchanged: number
  readonly superseded: number
  readonly quarantined: number
}

export interface StagingResult {
  readonly book: Book
  /** The greatest recency staged by this run; null where there is none. */
  readonly newest: number | null
  /** The arrival number for the next record. */
  readonly nextArrival: number
}

/** The tables that staging writes besides the source's own. */
const sharedTables = ['assay_quarantine', 'assay_finding']

/**
 * Reads the files of a source, judges every record and merges: good rows into staging, the others into the quarantine, all in one
 * transaction at the end. Where a file was rejected nothing is merged and the result is null.
 */
export async function stageSource(
  context: StagingContext,
  contract: SourceContract,
  files: readonly { readonly path: string; readonly name: string }[],
  firstArrival: number,
  listener: StagingListener,
): Promise<StagingResult | null> {
  const { connection, runId } = context
  const staged = stagedTableOf(contract)
  const lookups = Object.fromEntries(
    lookupSourcesOf(contract).map((name) => {
      const source = context.contracts.get(name)
      return [name, source === undefined ? new Map<string, string>() : readLookup(connection, source)]
    }),
  )
  const verdictContext: VerdictContext = { asOf: context.asOf, nullWords: context.nullWords, lookups }
  ensureVersionedTable(connection, staged.table)
  const landing = openLanding(connection, staged)
  let rowsRead = 0
  let rowsInFiles = 0
  let hasRejectedFile = false
  const released = reevaluateQuarantine(connection, contract, verdictContext, landing)
  const { maxRecordBytes } = context
  const nextArrival = await context.thread.read(
    { contract, files, maxRecordBytes, firstArrival, ...verdictContext },
    {
      batch(batch) {
        landing.addRows(batch.file, batch.rows)
        landing.addQuarantined(batch.quarantined)
        landing.addFindings(batch.findings)
        rowsRead += batch.rowsRead
        listener.batch(batch)
      },
      file(facts) {
        rowsInFiles += facts.rows
        connection
          .prepare('UPDATE temp.landing_quarantine SET encoding = ? WHERE file = ?')
          .run(facts.encoding, facts.file)
        listener.file(facts)
      },
      rejected(file, reason) {
        hasRejectedFile = true
        listener.rejected(file, reason)
      },
    },
  )
  if (hasRejectedFile) return null

  const result = inTransaction(connection, () => {
    for (const table of [staged.table.name, ...sharedTables]) noteFirstVersion(connection, runId, table)
    followLookups(connection, contract, context.contracts, runId)
    mergeReevaluated(connection, contract.name, runId)
    const merged = mergeLanding(connection, staged, runId)
    const quarantined = mergeFindings(connection, staged, contract.name, runId)
    const valid = rowsRead + released - quarantined
    // Counted at both ends: what the reader saw in the files, and what arrived in the tables.
    if (rowsInFiles !== rowsRead || valid !== landing.rowsTaken()) {
      const seen = `${rowsInFiles} rows in the files, ${rowsRead} judged, ${landing.rowsTaken()} landed, ${quarantined} quarantined, ${released} released`
      throw new AppError('INTERNAL', `The book of ${contract.name} does not balance: ${seen}.`, {
        saved: 'Nothing of this run was published; what was published before is untouched.',
        hint: 'This is a fault of Assay: report it with the workspace log.',
      })
    }
    const { inserted, updated, unchanged } = merged
    const superseded = merged.superseded + valid - merged.landed
    const book: Book = { rows_read: rowsRead, released, inserted, updated, unchanged, superseded, quarantined }
    return { book, newest: merged.newest, nextArrival }
  })
  dropLanding(connection, staged)
  return result
}
