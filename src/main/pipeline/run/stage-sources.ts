import { AppError } from '../../kernel/app-error.ts'
import { inTransaction } from '../../store/database.ts'
import { keepFeed } from '../archive/keep-feed.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import { refreshSource, type ArchivedDelivery } from '../staging/refresh-source.ts'
import { stageSource, type Book } from '../staging/stage-source.ts'
import type { StagingContext } from '../staging/staging-context.ts'
import type { FeedFile } from './find-feeds.ts'
import type { KnownFile } from './known-files.ts'
import type { DeliveryGate } from './open-gate.ts'
import { addKnownRows, noteKnownFiles } from './note-known-files.ts'
import { highWaterMarkOf, recordBook, recordFile, recordRejectedFile } from './run-record.ts'
import type { ProgressTracker, SourceProgress } from './run-progress.ts'

export interface StagedSources {
  readonly rejected: readonly { readonly file: string; readonly reason: string }[]
  /** What the gates say of the deliveries that they hold. */
  readonly held: readonly string[]
  readonly nextArrival: number
}

export interface StageSourcesInput {
  readonly workspaceFolder: string
  readonly staging: StagingContext
  readonly files: ReadonlyMap<string, readonly FeedFile[]>
  readonly publishedRun: number
  readonly firstArrival: number
  readonly tracker: ProgressTracker
  /** The first files of a source's input that need not be read. */
  findKnown(contract: SourceContract, files: readonly FeedFile[]): readonly KnownFile[]
  /** The gates before a source's delivery. */
  gateOf(contract: SourceContract): DeliveryGate
  /** All that was delivered of a source, to be read again in a full refresh; null where none is asked for. */
  readonly refresh: ((contract: SourceContract) => readonly ArchivedDelivery[]) | null
}

/** Stages every source of the project in turn; a rejected file and a gate keep their source from being merged, the others are still read and judged. */
export async function stageSources({
  workspaceFolder,
  staging,
  files,
  publishedRun,
  firstArrival,
  tracker,
  findKnown,
  gateOf,
  refresh,
}: StageSourcesInput): Promise<StagedSources> {
  const { connection, runId } = staging
  const rejected: { file: string; reason: string }[] = []
  const held: string[] = []
  let nextArrival = firstArrival
  for (const contract of staging.contracts.values()) {
    const delivered = files.get(contract.name) ?? []
    const progress = tracker.progress.sources.find((source) => source.name === contract.name)
    if (progress === undefined) continue
    progress.state = 'running'
    tracker.changed(true)
    const known = findKnown(contract, delivered)
    const sourceFiles = delivered.slice(known.length)
    progress.bytes_read = bytesOf(delivered) - bytesOf(sourceFiles)
    const gate = gateOf(contract)
    const rows = new Map<string, { read: number; quarantined: number }>()
    const deliveries = refresh?.(contract) ?? []
    const refreshed =
      deliveries.length === 0
        ? null
        : await refreshSource(staging, contract, deliveries, (batch) => {
            progress.rows_read += batch.rowsRead
            progress.rows_quarantined += batch.rowsQuarantined
            tracker.changed(false)
          })
    const result = await stageSource(
      refreshed === null ? staging : settled(staging, contract),
      contract,
      sourceFiles,
      nextArrival,
      {
        batch(batch) {
          const counted = rows.get(batch.file) ?? { read: 0, quarantined: 0 }
          rows.set(batch.file, {
            read: counted.read + batch.rowsRead,
            quarantined: counted.quarantined + batch.rowsQuarantined,
          })
          progress.rows_read += batch.rowsRead
          progress.rows_quarantined += batch.rowsQuarantined
          progress.bytes_read = bytesBefore(delivered, batch.file) + batch.bytesRead
          tracker.changed(false)
        },
        file(facts) {
          const feed = sourceFiles.find(({ name }) => name === facts.file)
          if (feed !== undefined) keepFeed(workspaceFolder, feed, facts.sha256)
          const counted = rows.get(facts.file) ?? { read: 0, quarantined: 0 }
          recordFile(connection, runId, contract.name, facts, counted.read, counted.quarantined)
          gate.file(facts)
        },
        admits() {
          const reasons = gate.judge()
          held.push(...reasons)
          return reasons.length === 0
        },
        rejected(file, reason) {
          rejected.push({ file, reason })
          recordRejectedFile(
            connection,
            runId,
            contract.name,
            file,
            sourceFiles.find(({ name }) => name === file)?.bytes ?? 0,
            reason,
          )
        },
      },
    )
    settle(progress, result === null)
    tracker.changed(true)
    if (result === null) continue
    nextArrival = result.nextArrival
    const knownRows = inTransaction(connection, () => noteKnownFiles(connection, runId, contract.name, known))
    if (refreshed === null) progress.rows_read += knownRows.rows
    if (refreshed === null) progress.rows_quarantined += knownRows.quarantined
    // A refresh has read them too, as a part of all that was delivered.
    const book =
      refreshed === null
        ? addKnownRows(connection, contract, result.book, knownRows)
        : addBooks(refreshed.book, result.book)
    const newest = latest(result.newest, refreshed?.newest ?? null)
    const before = highWaterMarkOf(connection, publishedRun, contract.name)
    const mark = refreshed === null ? latest(before, newest) : newest
    try {
      recordBook(connection, runId, contract.name, book, mark)
    } catch (error) {
      throw new AppError('INTERNAL', `The book of ${contract.name} does not balance: ${JSON.stringify(book)}.`, {
        saved: 'Nothing of this run was published.',
        hint: 'This is a fault of Assay: report it with the workspace log.',
        cause: error,
      })
    }
  }
  return { rejected, held, nextArrival }
}

function settle(progress: SourceProgress, isRejected: boolean): void {
  progress.state = isRejected ? 'failed' : 'done'
  progress.bytes_read = progress.bytes_total
}

const latest = (one: number | null, other: number | null) =>
  one === null ? other : other === null ? one : Math.max(one, other)

/** A source that was refreshed is judged by all that counts now: nothing of it is to be judged again. */
function settled(staging: StagingContext, { name }: SourceContract): StagingContext {
  const changedContracts = new Set([...staging.changedContracts].filter((changed) => changed !== name))
  return {
    ...staging,
    before: new Map([...staging.before, [name, staging.now.get(name) ?? new Map()]]),
    changedContracts,
  }
}

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

const bytesOf = (files: readonly FeedFile[]) => files.reduce((bytes, file) => bytes + file.bytes, 0)

function bytesBefore(files: readonly FeedFile[], name: string): number {
  let bytes = 0
  for (const file of files) {
    if (file.name === name) break
    bytes += file.bytes
  }
  return bytes
}
