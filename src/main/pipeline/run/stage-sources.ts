import { AppError } from '../../kernel/app-error.ts'
import { keepFeed } from '../archive/keep-feed.ts'
import { stageSource, type StagingContext } from '../staging/stage-source.ts'
import type { FeedFile } from './find-feeds.ts'
import { highWaterMarkOf, recordBook, recordFile, recordRejectedFile } from './run-record.ts'
import type { ProgressTracker, SourceProgress } from './run-progress.ts'

export interface StagedSources {
  readonly rejected: readonly { readonly file: string; readonly reason: string }[]
  readonly nextArrival: number
}

export interface StageSourcesInput {
  readonly workspaceFolder: string
  readonly staging: StagingContext
  readonly files: ReadonlyMap<string, readonly FeedFile[]>
  readonly publishedRun: number
  readonly firstArrival: number
  readonly tracker: ProgressTracker
}

/** Stages every source of the project in turn; a rejected file keeps its source from being merged, the others are still read and judged. */
export async function stageSources({
  workspaceFolder,
  staging,
  files,
  publishedRun,
  firstArrival,
  tracker,
}: StageSourcesInput): Promise<StagedSources> {
  const { connection, runId } = staging
  const rejected: { file: string; reason: string }[] = []
  let nextArrival = firstArrival
  for (const contract of staging.contracts.values()) {
    const sourceFiles = files.get(contract.name) ?? []
    const progress = tracker.progress.sources.find((source) => source.name === contract.name)
    if (progress === undefined) continue
    progress.state = 'running'
    tracker.changed(true)
    const rows = new Map<string, { read: number; quarantined: number }>()
    const result = await stageSource(staging, contract, sourceFiles, nextArrival, {
      batch(batch) {
        const counted = rows.get(batch.file) ?? { read: 0, quarantined: 0 }
        rows.set(batch.file, {
          read: counted.read + batch.rowsRead,
          quarantined: counted.quarantined + batch.rowsQuarantined,
        })
        progress.rows_read += batch.rowsRead
        progress.rows_quarantined += batch.rowsQuarantined
        progress.bytes_read = bytesBefore(sourceFiles, batch.file) + batch.bytesRead
        tracker.changed(false)
      },
      file(facts) {
        const feed = sourceFiles.find(({ name }) => name === facts.file)
        if (feed !== undefined) keepFeed(workspaceFolder, feed, facts.sha256)
        const counted = rows.get(facts.file) ?? { read: 0, quarantined: 0 }
        recordFile(connection, runId, contract.name, facts, counted.read, counted.quarantined)
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
    })
    settle(progress, result === null)
    tracker.changed(true)
    if (result === null) continue
    nextArrival = result.nextArrival
    const before = highWaterMarkOf(connection, publishedRun, contract.name)
    const mark = result.newest === null || (before !== null && before > result.newest) ? before : result.newest
    try {
      recordBook(connection, runId, contract.name, result.book, mark)
    } catch (error) {
      throw new AppError('INTERNAL', `The book of ${contract.name} does not balance: ${JSON.stringify(result.book)}.`, {
        saved: 'Nothing of this run was published.',
        hint: 'This is a fault of Assay: report it with the workspace log.',
        cause: error,
      })
    }
  }
  return { rejected, nextArrival }
}

function settle(progress: SourceProgress, isRejected: boolean): void {
  progress.state = isRejected ? 'failed' : 'done'
  progress.bytes_read = progress.bytes_total
}

function bytesBefore(files: readonly FeedFile[], name: string): number {
  let bytes = 0
  for (const file of files) {
    if (file.name === name) break
    bytes += file.bytes
  }
  return bytes
}
