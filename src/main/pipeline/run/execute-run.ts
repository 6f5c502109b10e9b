import { resolve } from 'node:path'
import { AppError, type ErrorReport } from '../../kernel/app-error.ts'
import type { Log } from '../../kernel/log.ts'
import { reportError } from '../../kernel/report-error.ts'
import type { Connection } from '../../store/database.ts'
import { databasePathOf } from '../../store/open-workspace.ts'
import { storageError } from '../../store/storage-error.ts'
import { isLiving } from '../../store/versioned-table.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import { createModelCompiler, type ModelCompiler } from '../model/compile-model.ts'
import { heldStateOf } from '../model/held-rows.ts'
import type { Project } from '../project/project.ts'
import { openReadingThread, type ReadingThread } from '../staging/reading-thread.ts'
import { archivedDeliveries } from './archived-deliveries.ts'
import { buildModels, type ModelsContext } from './build-models.ts'
import { checkModels } from './check-models.ts'
import { explainRepeatedKeys } from './explain-repeated-keys.ts'
import { exportModel } from './export-rows.ts'
import type { Feeds } from './find-feeds.ts'
import { guardProblem } from './guard-problem.ts'
import { findKnownFiles } from './known-files.ts'
import { createMetricsRecorder, measureNothing, type MetricsRecorder } from './metrics/record-metrics.ts'
import { openGate, openWay } from './open-gate.ts'
import { prepareStaging } from './prepare-staging.ts'
import { pruneVersions } from './prune-versions.ts'
import { trackProgress, type ProgressTracker, type RunProgress, type RunStage } from './run-progress.ts'
import type { ResumedRun } from './plan-resume.ts'
import { noteResumption } from './reopen-run.ts'
import { recountWaiting } from './recount-waiting.ts'
import { describeRebuild, type Rebuild } from './rebuild.ts'
import {
  beginRun,
  closeRun,
  countBlocking,
  noteBuilt,
  publishedRunOf,
  publishRun,
  readSetting,
  recordExport,
  recordLog,
} from './run-record.ts'
import type { RunRequest } from './run-request.ts'
import { stageSources, type StageSourcesInput } from './stage-sources.ts'

export interface RunListener {
  /** The run has a number and is recorded; from here on it ends as published, blocked, failed or cancelled. */
  started(runId: number): void
  progress(progress: RunProgress): void
  log: Log
}

export interface RunOutcome {
  readonly run_id: number
  readonly status: 'published' | 'blocked' | 'cancelled'
}

export interface RunContext {
  readonly connection: Connection
  readonly project: Project
  readonly feeds: Feeds
  readonly request: RunRequest
  /** What is built again although nothing of it changed. */
  readonly rebuild: Rebuild | null
  /** Days since 1970-01-01. */
  readonly asOf: number
  readonly listener: RunListener
  /** How far the run had come that is gone on with, already rewound to that; null for a new run. */
  readonly resumed: ResumedRun | null
  /** What is to be said of going on with a broken-off run; null where none was asked for. */
  readonly resumption: string | null
  /** The module of the thread that reads the feeds. */
  readonly readingThread: URL
}

interface Step extends RunContext {
  readonly runId: number
  readonly publishedRun: number
  readonly tracker: ProgressTracker
  readonly log: Log
}

const untouched = 'Nothing of this run was published; what was published before is untouched.'

/** Does a run in a workspace that is locked and clean: reads, stages, builds, checks, publishes, exports, and records how it ended. */
export async function executeRun(context: RunContext): Promise<RunOutcome> {
  const { connection, request, asOf, listener } = context
  const publishedRun = publishedRunOf(connection)
  const runId = context.resumed?.runId ?? beginRun(connection, request, asOf)
  if (context.resumption !== null) noteResumption(connection, runId, context.resumption)
  listener.started(runId)
  const log: Log = (level, message) => {
    recordLog(connection, runId, level, message)
    listener.log(level, message)
  }
  if (context.resumption !== null) log('info', context.resumption)
  const step: Step = { ...context, runId, publishedRun, tracker: openTracker(context, runId), log }
  const thread = request.kind === 'feeds' ? openReadingThread(context.readingThread) : null
  try {
    const problem = await workUpTo(step, thread)
    if (problem !== null) {
      closeRun(connection, runId, 'blocked', problem)
      log('error', problem.message)
    }
    const status = problem !== null ? 'blocked' : request.kind === 'preview' ? 'cancelled' : 'published'
    step.tracker.progress.status = status
    enter(step, 'done')
    return { run_id: runId, status }
  } catch (error) {
    const known = storageError(error, request.workspaceFolder)
    closeRun(connection, runId, 'failed', reportError(known))
    step.tracker.progress.status = 'failed'
    step.tracker.changed(true)
    throw known
  } finally {
    await thread?.close()
  }
}

/** Works until the run is published and exported, and gives null; or until it is blocked, and gives what blocks it. */
async function workUpTo(step: Step, thread: ReadingThread | null): Promise<ErrorReport | null> {
  const { connection, project, feeds, runId, publishedRun, asOf, tracker, log, request } = step
  enter(step, 'reading')
  const firstArrival = Number(readSetting(connection, 'next_arrival') ?? 1)
  const { workspaceFolder } = request
  const staging = prepareStaging({ connection, project, request, runId, publishedRun, asOf, thread })
  const files = feeds.bySource
  const findKnown: StageSourcesInput['findKnown'] = (contract, delivered) =>
    request.readsAgain === true
      ? []
      : findKnownFiles(
          { connection, workspaceFolder, project, publishedRun, asOf, isRefreshed: request.fullRefresh === true },
          contract,
          delivered,
        )
  const refresh =
    request.fullRefresh === true
      ? (contract: SourceContract) => archivedDeliveries({ connection, workspaceFolder, publishedRun }, contract.name)
      : null
  const { retention_runs: retentionRuns } = project.config
  const allowed = request.allowHeld ?? null
  const allowHeld = allowed === null ? null : { who: request.startedBy, ...allowed }
  const gates = { connection, runId, publishedRun, asOf, retentionRuns, allowHeld, log }
  const staged = await stageSources({
    workspaceFolder,
    staging,
    files,
    publishedRun,
    firstArrival,
    tracker,
    findKnown,
    gateOf: (contract) => (request.readsAgain === true ? openWay : openGate(gates, contract)),
    refresh,
  })
  if (staged.rejected.length > 0) {
    for (const { file, reason } of staged.rejected) log('error', `${file} was rejected: ${reason}`)
    return {
      code: 'FILE_REJECTED',
      message: staged.rejected.map(({ reason }) => reason).join(' '),
      place: { file: staged.rejected[0]?.file ?? '' },
      saved: untouched,
      hint: 'Mend or remove the file, then run again.',
    }
  }
  if (staged.held.length > 0) {
    return {
      code: 'RUN_BLOCKED',
      message: staged.held.join(' '),
      place: {},
      saved: untouched,
      hint: `Mend the feed and run again, or let it through for a reason: on the page of run ${runId}, or with assay gates allow ${runId} --reason TEXT`,
    }
  }

  enter(step, 'modelling')
  if (step.rebuild !== null) log('info', describeRebuild(step.rebuild, project))
  const compiler = createModelCompiler(project, { condition: isLiving, asOf })
  const models = {
    connection,
    runId,
    publishedRun,
    project,
    compiler,
    tracker,
    rebuild: step.rebuild,
    built: step.resumed?.models ?? new Set<string>(),
  }
  const metrics = openMetrics(step, models)
  try {
    metrics.sources()
    const changed = await buildModels(models, request.kind === 'feeds' ? feeds.byEnrichment : null, metrics.begin)
    enter(step, 'checking')
    checkModels(models, changed)
    await metrics.models(changed)
  } finally {
    await metrics.close()
  }
  noteBuilt(connection, runId, staged.nextArrival)
  explainRepeatedKeys(models)
  const guarded = guardProblem(connection, runId, untouched)
  if (guarded !== null) return guarded
  const failed = countBlocking(connection, runId)
  if (failed > 0)
    return {
      code: 'RUN_BLOCKED',
      message: `${failed} blocking ${failed === 1 ? 'check' : 'checks'} failed.`,
      place: {},
      saved: untouched,
      hint: 'Look at the failing rows of the checks, mend the feed or the model, then run again.',
    }

  if (request.kind === 'preview') {
    closeRun(connection, runId, 'cancelled', null)
    return null
  }
  enter(step, 'publishing')
  publishRun(connection, runId, staged.nextArrival, () => {
    // Much may have been decided and taken back while the run went on.
    recountWaiting(connection, project)
  })
  log('info', `Run ${runId} was published.`)
  pruneVersions(connection, project.config.retention_runs, log)
  exportAll(step, compiler.narrowed(heldStateOf(connection, project, runId)))
  return null
}

/** A preview is never compared with anything. */
function openMetrics({ request, readingThread }: Step, models: ModelsContext): MetricsRecorder {
  if (request.kind === 'preview') return measureNothing
  return createMetricsRecorder(models, {
    databasePath: databasePathOf(resolve(request.workspaceFolder)),
    threadEntry: readingThread,
  })
}

/** Writes every model as CSV and Parquet. The run is published already, so a full disk here loses none of it. */
function exportAll(step: Step, compiler: ModelCompiler): void {
  const { connection, project, request, runId } = step
  const { exportFolder } = request
  if (exportFolder === null) return
  enter(step, 'exporting')
  const models = [...project.models.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  try {
    for (const model of models)
      for (const format of ['csv', 'parquet'] as const)
        recordExport(connection, runId, exportModel(connection, compiler, model, exportFolder, format).path)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, error.message, {
      place: error.place,
      saved: `Run ${runId} is published; not all of its exports were written.`,
      hint: error.hint ?? 'Write them with: assay export --out FOLDER',
      cause: error,
    })
  }
}

function enter(step: Step, stage: RunStage): void {
  step.tracker.progress.stage = stage
  step.tracker.changed(true)
}

function openTracker({ feeds, project, listener }: RunContext, runId: number): ProgressTracker {
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
  return tracker
}
