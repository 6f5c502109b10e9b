import { AppError } from '../../kernel/app-error.ts'
import { untouched } from '../../kernel/untouched.ts'
import { inTransaction, type Connection } from '../../store/database.ts'
import type { Amendments } from '../amendment/amendment.ts'
import type { VerdictContext } from '../contract/compile-contract.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import type { Batch } from './batch.ts'
import { dropLanding, openLanding } from './landing.ts'
import { mergeFindings } from './merge-findings.ts'
import { mergeLanding } from './merge-landing.ts'
import type { RejudgeCounts } from './merge-rejudged.ts'
import { prepareSource } from './prepare-source.ts'
import { heldCompaniesOf } from './read-limits.ts'
import type { FileFacts } from './reading-task.ts'
import { recordNews } from './record-applied.ts'
import { rejudgeSource } from './rejudge-source.ts'
import { stepNames } from './run-steps.ts'
import type { StagedTable } from './staged-table.ts'
import type { StagingContext } from './staging-context.ts'

export interface StagingListener {
  batch(batch: Batch): void
  file(facts: FileFacts): void
  rejected(file: string, reason: string): void
  /** Called once all files were read, before anything of them is merged: whether the delivery is let in. */
  admits(): boolean
  /** Called within the transaction that ends the staging of the source. */
  staged(result: StagingResult): void
}

/**
 * Where every record of a source went: `rows_read + released + withdrawn = inserted + updated + unchanged + superseded + quarantined`.
 * `withdrawn`: staged records that were judged anew, since people decided about them.
 */
export interface Book {
  readonly rows_read: number
  readonly released: number
  readonly withdrawn: number
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

const noAmendments: Amendments = new Map()

/**
 * Judges known records again, reads the files of a source, judges every record and merges: good rows into staging, the others into the
 * quarantine, each step in one transaction. Where a file was rejected or the delivery is held, nothing of the files is merged and the
 * result is null.
 */
export async function stageSource(
  context: StagingContext,
  contract: SourceContract,
  files: readonly { readonly path: string; readonly name: string }[],
  firstArrival: number,
  listener: StagingListener,
): Promise<StagingResult | null> {
  const { connection, runId, thread } = context
  const { staged, lookups } = prepareSource(context, contract)
  const verdictContext: VerdictContext = { asOf: context.asOf, nullWords: context.nullWords, lookups }
  const limit = context.limits.get(contract.name)
  const heldCompanies = heldCompaniesOf(limit, contract, context.companyColumn)
  const now = context.now.get(contract.name) ?? noAmendments
  const rejudged = context.steps.once(stepNames.judge(contract.name), () =>
    rejudgeSource({
      ...context,
      contract,
      staged,
      verdictContext,
      limit: limit ?? null,
      heldCompanies,
      before: context.before.get(contract.name) ?? noAmendments,
      now,
      isContractChanged: context.changedContracts.has(contract.name),
    }),
  )
  if (thread === null || files.length === 0) {
    const result = { book: bookOf(rejudged, nothingRead), newest: rejudged.newest, nextArrival: firstArrival }
    inTransaction(connection, () => listener.staged(result))
    return result
  }

  const landing = openLanding(connection, staged, contract.name)
  let rowsRead = 0
  let rowsInFiles = 0
  let hasRejectedFile = false
  const { maxRecordBytes, companyColumn } = context
  const nextArrival = await thread.read(
    {
      contract,
      files,
      maxRecordBytes,
      companyColumn,
      heldCompanies,
      maxRows: limit?.maxRows ?? null,
      amendments: now,
      firstArrival,
      ...verdictContext,
    },
    {
      batch(batch) {
        landing.addRecords(batch.records)
        landing.addRows(batch.file, batch.rows)
        landing.addFindings(batch.findings)
        landing.addNews(batch.news)
        rowsRead += batch.rowsRead
        listener.batch(batch)
      },
      file(facts) {
        rowsInFiles += facts.rows
        connection.prepare('UPDATE temp.landing_record SET encoding = ? WHERE file = ?').run(facts.encoding, facts.file)
        listener.file(facts)
      },
      rejected(file, reason) {
        hasRejectedFile = true
        listener.rejected(file, reason)
      },
    },
  )
  if (hasRejectedFile || !listener.admits()) return null
  const counted = { rowsRead, rowsInFiles, rowsTaken: landing.rowsTaken() }
  const result = inTransaction(connection, (): StagingResult => {
    const read = mergeFiles(connection, staged, contract.name, runId, counted)
    const newest = Math.max(read.newest ?? -Infinity, rejudged.newest ?? -Infinity)
    const merged = { book: bookOf(rejudged, read), newest: newest === -Infinity ? null : newest, nextArrival }
    listener.staged(merged)
    return merged
  })
  dropLanding(connection, staged)
  return result
}

interface ReadCounts extends Omit<RejudgeCounts, 'released' | 'withdrawn'> {
  readonly rowsRead: number
}

const nothingRead: ReadCounts = {
  rowsRead: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  superseded: 0,
  quarantined: 0,
  newest: null,
}

function bookOf(rejudged: RejudgeCounts, read: ReadCounts): Book {
  return {
    rows_read: read.rowsRead,
    released: rejudged.released,
    withdrawn: rejudged.withdrawn,
    inserted: rejudged.inserted + read.inserted,
    updated: rejudged.updated + read.updated,
    unchanged: rejudged.unchanged + read.unchanged,
    superseded: rejudged.superseded + read.superseded,
    quarantined: rejudged.quarantined + read.quarantined,
  }
}

/** Merges what was read. Counted at both ends: what the reader saw in the files, and what arrived in the tables. */
function mergeFiles(
  connection: Connection,
  staged: StagedTable,
  source: string,
  runId: number,
  counted: { readonly rowsRead: number; readonly rowsInFiles: number; readonly rowsTaken: number },
): ReadCounts {
  const merged = mergeLanding(connection, staged, source, runId)
  const quarantined = mergeFindings(connection, staged, source, runId)
  recordNews(connection, runId)
  const { rowsRead, rowsInFiles, rowsTaken } = counted
  const valid = rowsRead - quarantined
  if (rowsInFiles !== rowsRead || valid !== rowsTaken) {
    const seen = `${rowsInFiles} rows in the files, ${rowsRead} judged, ${rowsTaken} landed, ${quarantined} quarantined`
    throw new AppError('INTERNAL', `The book of ${source} does not balance: ${seen}.`, {
      saved: untouched,
      hint: 'This is a fault of Assay: report it with the workspace log.',
    })
  }
  return { ...merged, rowsRead, superseded: merged.superseded + valid - merged.landed, quarantined }
}
