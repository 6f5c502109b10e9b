import { AppError } from '../../../kernel/app-error.ts'
import type { Connection } from '../../../store/database.ts'
import type { SourceContract } from '../../contract/source-contract.ts'
import { stepNames, type RunSteps } from '../../staging/run-steps.ts'
import type { Book, StagingResult } from '../../staging/stage-source.ts'
import type { SkippedFile } from './known-files.ts'
import { addKnownRows, noteKnownFiles, type KnownRows } from './note-known-files.ts'
import { highWaterMarkOf, recordBook } from '../record/source-record.ts'

export interface SourceEnd {
  readonly connection: Connection
  readonly runId: number
  readonly publishedRun: number
  readonly steps: RunSteps
  /** The files that were not read again. */
  readonly known: readonly SkippedFile[]
  /** What came of reading again all that was ever delivered; null where it was not. */
  readonly refreshed: Omit<StagingResult, 'nextArrival'> | null
}

/** What a step that staged a source leaves behind. */
export interface StagedStep {
  readonly nextArrival: number
}

/** Closes the book of a source that is staged, and notes that it is; inside the transaction that ends its staging. */
export function bookSource(end: SourceEnd, contract: SourceContract, result: StagingResult): KnownRows {
  const { connection, runId, publishedRun, steps, known, refreshed } = end
  const knownRows = noteKnownFiles(connection, runId, contract.name, known)
  // A refresh has read them too, as a part of all that was delivered.
  const book =
    refreshed === null
      ? addKnownRows(connection, contract, result.book, knownRows)
      : addBooks(refreshed.book, result.book)
  const newest = latest(result.newest, refreshed?.newest ?? null)
  const before = highWaterMarkOf(connection, publishedRun, contract.name)
  try {
    recordBook(connection, runId, contract.name, book, refreshed === null ? latest(before, newest) : newest)
  } catch (error) {
    throw new AppError('INTERNAL', `The book of ${contract.name} does not balance: ${JSON.stringify(book)}.`, {
      saved: 'Nothing of this run was published.',
      hint: 'This is a fault of Assay: report it with the workspace log.',
      cause: error,
    })
  }
  steps.once(stepNames.stage(contract.name), (): StagedStep => ({ nextArrival: result.nextArrival }))
  return refreshed === null ? knownRows : { rows: 0, quarantined: 0 }
}

const latest = (one: number | null, other: number | null) =>
  one === null ? other : other === null ? one : Math.max(one, other)

function addBooks(one: Book, other: Book): Book {
  return {
    rows_read: one.rows_read + other.rows_read,
    released: one.released + other.released,
    withdrawn: one.withdrawn + other.withdrawn,
    inserted: one.inserted + other.inserted,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    superseded: one.superseded + other.superseded,
    quarantined: one.quarantined + other.quarantined,
  }
}
