import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError, type ErrorReport } from '../../kernel/app-error.ts'
import type { Log } from '../../kernel/log.ts'
import { reportError } from '../../kernel/report-error.ts'
import type { Connection } from '../../store/database.ts'
import { createWorkspaceIfMissing, makeWorkspaceFolder, openWorkspace } from '../../store/open-workspace.ts'
import { storageError } from '../../store/storage-error.ts'
import { isLiving } from '../../store/versioned-table.ts'
import { lockWorkspace } from '../../store/workspace-lock.ts'
import { parseDate } from '../contract/parse-date.ts'
import { createModelCompiler } from '../model/compile-model.ts'
import { loadProject } from '../project/load-project.ts'
import type { Project } from '../project/project.ts'
import { startReadingThread } from '../staging/reading-thread.ts'
import { buildModels, checkModels } from './build-models.ts'
import { exportModel } from './export-rows.ts'
import { findFeeds, type Feeds } from './find-feeds.ts'
import { trackProgress, type RunProgress, type RunStage } from './run-progress.ts'
import { beginRun, closeRun, countBlocking, publishedRunOf, publishRun, readSetting, recordExport, recordLog, writeSetting } from './run-record.ts'
import type { RunRequest } from './run-request.ts'
import { stageSources } from './stage-sources.ts'
import { undoUnpublished } from './undo-unpublished.ts'

export interface RunListener {
  /** The run has a number and is recorded; from here on it ends as published, blocked, failed or cancelled. */
  started(runId: number): void
  progress(progress: RunProgress): void
  log: Log
}

export interface RunOutcome {
  readonly run_id: number
  readonly status: 'published' | 'blocked'
}

/**
 * Runs the pipeline once: reads the feeds, stages, builds and checks the models, publishes, exports. Nothing is visible to readers
 * before it is published whole. Throws an `AppError` where it fails; the record of the run then says so. `readingThread` is the module
 * of the thread that reads the feeds.
 */
export async function runPipeline(request: RunRequest, listener: RunListener, readingThread: URL): Promise<RunOutcome> {
  const asOf = parseDate(request.asOf)
  if (asOf === undefined) throw new AppError('USAGE', `${request.asOf} is not a day; write it as YYYY-MM-DD.`)
  const project = loadProject(request.projectFolder)
  const feeds = findFeeds(project, request.inputFolder)
  const workspaceFolder = resolve(request.workspaceFolder)
  makeWorkspaceFolder(workspaceFolder)
  const lock = lockWorkspace(workspaceFolder, 'run')
  try {
    createWorkspaceIfMissing(workspaceFolder)
    const { connection, databasePath } = openWorkspace(workspaceFolder)
    try {
      return await runIn(connection, project, feeds, request, asOf, listener, readingThread)
    } catch (error) {
      throw storageError(error, databasePath)
    } finally {
      connection.close()
    }
  } finally {
    lock.release()
  }
}

/** A workspace belongs to one project: another one's tables must not be mixed into it. */
function claimWorkspace(connection: Connection, project: Project): void {
  const owner = readSetting(connection, 'project')
  if (owner === null) writeSetting(connection, 'project', project.config.name)
  else if (owner !== project.config.name)
    throw new AppError('USAGE', `The workspace belongs to the project ${owner}, not to ${project.config.name}.`, {
      saved: 'Nothing was changed.',
      hint: 'Name another workspace folder.',
    })
}

async function runIn(
  connection: Connection,
  project: Project,
  feeds: Feeds,
  request: RunRequest,
  asOf: number,
  listener: RunListener,
  readingThread: URL,
): Promise<RunOutcome> {
  claimWorkspace(connection, project)
  undoUnpublished(connection)
  const publishedRun = publishedRunOf(connection)
  const runId = beginRun(connection, request, asOf)
  listener.started(runId)
  const log: Log = (level, message) => {
    recordLog(connection, runId, level, message)
    listener.log(level, message)
  }
  const tracker = trackProgress(runId, listener.progress)
  tracker.progress.sources = [...feeds.bySource].map(([name, files]) => ({
    name,
    state: 'waiting',
    bytes_read: 0,
    bytes_total: files.reduce((bytes, file) => bytes + file.bytes, 0),
    rows_read: 0,
    rows_quarantined: 0,
  }))
  tracker.progress.models = project.buildOrder
    .filter((name) => project.models.has(name))
    .map((name) => ({ name, state: 'waiting', rows: null, seconds: null }))
  const enter = (stage: RunStage) => {
    tracker.progress.stage = stage
    tracker.changed(true)
  }
  const block = (error: ErrorReport): RunOutcome => {
    closeRun(connection, runId, 'blocked', error)
    log('error', error.message)
    tracker.progress.status = 'blocked'
    enter('done')
    return { run_id: runId, status: 'blocked' }
  }

  const thread = startReadingThread(readingThread)
  try {
    enter('reading')
    const context = {
      connection,
      runId,
      thread,
      contracts: project.contracts,
      asOf,
      nullWords: project.config.null_words,
      maxRecordBytes: project.config.max_record_bytes,
    }
    const firstArrival = Number(readSetting(connection, 'next_arrival') ?? 1)
    const staged = await stageSources(context, project, feeds.bySource, publishedRun, firstArrival, tracker)
    if (staged.rejected.length > 0) {
      for (const { file, reason } of staged.rejected) log('error', `${file} was rejected: ${reason}`)
      return block({
        code: 'FILE_REJECTED',
        message: staged.rejected.map(({ reason }) => reason).join(' '),
        place: { file: staged.rejected[0]?.file ?? '' },
        saved: 'Nothing of this run was published; what was published before is untouched.',
        hint: 'Mend or remove the file, then run again.',
      })
    }
    enter('modelling')
    const compiler = createModelCompiler(project, { condition: isLiving, asOf })
    const models = { connection, runId, publishedRun, project, compiler, tracker }
    const changed = await buildModels(models, feeds.byEnrichment)
    enter('checking')
    checkModels(models, changed)
    const failed = countBlocking(connection, runId)
    if (failed > 0)
      return block({
        code: 'RUN_BLOCKED',
        message: `${failed} blocking ${failed === 1 ? 'check' : 'checks'} failed.`,
        place: {},
        saved: 'Nothing of this run was published; what was published before is untouched.',
        hint: 'Look at the failing rows of the checks, mend the feed or the model, then run again.',
      })
    enter('publishing')
    publishRun(connection, runId, staged.nextArrival)
    log('info', `Run ${runId} was published.`)
    if (request.exportFolder !== null) {
      enter('exporting')
      mkdirSync(request.exportFolder, { recursive: true })
      for (const name of [...project.models.keys()].toSorted())
        for (const format of ['csv', 'parquet'] as const) {
          const model = project.models.get(name)
          if (model === undefined) continue
          const file = await exportModel(connection, compiler, model, request.exportFolder, format)
          recordExport(connection, runId, file.path)
        }
    }
    tracker.progress.status = 'published'
    enter('done')
    return { run_id: runId, status: 'published' }
  } catch (error) {
    const known = storageError(error, request.workspaceFolder)
    tracker.progress.status = 'failed'
    closeRun(connection, runId, 'failed', reportError(known))
    tracker.changed(true)
    throw known
  } finally {
    await thread.close()
  }
}
