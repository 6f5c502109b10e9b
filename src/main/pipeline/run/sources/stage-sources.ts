import { statSync } from 'node:fs'
import { now } from '../../../kernel/clock.ts'
import { keepFeed } from '../../archive/keep-feed.ts'
import type { SourceContract } from '../../contract/source-contract.ts'
import { refreshSource, type ArchivedDelivery } from '../../staging/refresh-source.ts'
import { stepNames } from '../../staging/run-steps.ts'
import { stageSource } from '../../staging/stage-source.ts'
import type { StagingContext } from '../../staging/staging-context.ts'
import { bookSource, type StagedStep } from './book-source.ts'
import type { FeedFile } from './find-feeds.ts'
import type { SkippedFile } from './known-files.ts'
import type { StandingFile } from '../gates/judge-standing.ts'
import type { DeliveryGate } from '../gates/open-gate.ts'
import { bookRowsOf, noteSourceTime, recordFile, recordRejectedFile } from '../record/source-record.ts'
import type { ProgressTracker, SourceProgress } from '../run-progress.ts'

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
  findKnown(contract: SourceContract, files: readonly FeedFile[]): readonly SkippedFile[]
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
  const { connection, runId, steps } = staging
  const rejected: { file: string; reason: string }[] = []
  const held: string[] = []
  let nextArrival = firstArrival
  const archives = new Map(
    [...staging.contracts.values()].map((contract) => [contract.name, archiveOf(refresh?.(contract) ?? [])]),
  )
  for (const progress of tracker.progress.sources) progress.bytes_total += archives.get(progress.name)?.bytes ?? 0
  for (const contract of staging.contracts.values()) {
    const delivered = files.get(contract.name) ?? []
    const progress = tracker.progress.sources.find((source) => source.name === contract.name)
    if (progress === undefined) continue
    const done = steps.resultOf(stepNames.stage(contract.name)) as StagedStep | undefined
    if (done !== undefined) {
      nextArrival = Math.max(nextArrival, done.nextArrival)
      Object.assign(progress, bookRowsOf(connection, runId, contract.name), { bytes_read: progress.bytes_total })
      progress.state = 'resumed'
      tracker.changed(true)
      continue
    }
    progress.state = 'running'
    progress.started_at = new Date(now()).toISOString()
    tracker.changed(true)
    const startedAt = performance.now()
    const known = findKnown(contract, delivered)
    const sourceFiles = delivered.slice(known.length)
    progress.bytes_read = bytesOf(delivered) - bytesOf(sourceFiles)
    const gate = gateOf(contract)
    const stale = sourceFiles.length === 0 ? gate.judgeUnread(standingFiles(known, delivered)) : []
    if (stale.length > 0) {
      held.push(...stale)
      settle(progress, true)
      tracker.changed(true)
      continue
    }
    const rows = new Map<string, { read: number; quarantined: number }>()
    const archive = archives.get(contract.name) ?? archiveOf([])
    const refreshed =
      archive.before.size === 0
        ? null
        : await refreshSource(staging, contract, [...archive.before.keys()], (batch, delivery) => {
            progress.rows_read += batch.rowsRead
            progress.rows_quarantined += batch.rowsQuarantined
            progress.bytes_read = (archive.before.get(delivery) ?? 0) + batch.bytesRead
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
          progress.bytes_read = archive.bytes + bytesBefore(delivered, batch.file) + batch.bytesRead
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
        staged(ended) {
          const end = { connection, runId, publishedRun, steps, known, refreshed }
          const { rows: knownRows, quarantined } = bookSource(end, contract, ended)
          progress.rows_read += knownRows
          progress.rows_quarantined += quarantined
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
    if (result !== null) {
      progress.seconds = (performance.now() - startedAt) / 1000
      noteSourceTime(connection, runId, contract.name, progress.seconds)
    }
    tracker.changed(true)
    if (result !== null) nextArrival = Math.max(nextArrival, result.nextArrival)
  }
  return { rejected, held, nextArrival }
}

/** What a source has in the archive: how many bytes come before each delivery, and all of them. */
function archiveOf(deliveries: readonly ArchivedDelivery[]) {
  const before = new Map<ArchivedDelivery, number>()
  let bytes = 0
  for (const delivery of deliveries) {
    before.set(delivery, bytes)
    bytes += statSync(delivery.path).size
  }
  return { before, bytes }
}

function settle(progress: SourceProgress, isRejected: boolean): void {
  progress.state = isRejected ? 'failed' : 'done'
  progress.bytes_read = progress.bytes_total
}

/** A source that was refreshed is judged by all that counts now: nothing of it is to be judged again. */
function settled(staging: StagingContext, { name }: SourceContract): StagingContext {
  const changedContracts = new Set([...staging.changedContracts].filter((changed) => changed !== name))
  return {
    ...staging,
    before: new Map([...staging.before, [name, staging.now.get(name) ?? new Map()]]),
    changedContracts,
  }
}

/** The files that are not read, with the times at which they were written. */
function standingFiles(known: readonly SkippedFile[], files: readonly FeedFile[]): readonly StandingFile[] {
  return known.map(({ name, sha256 }, index) => {
    const path = files[index]?.path ?? name
    // Of a file that is gone by now only the rows tell how old it is.
    return { name, sha256, writtenAt: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity }
  })
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
