import { join, resolve } from 'node:path'
import type { ErrorReport } from '../../kernel/app-error.ts'
import type { Log } from '../../kernel/log.ts'
import { reportError } from '../../kernel/report-error.ts'
import { databasePathOf, writeForGood, writeInSteps } from '../../store/open-workspace.ts'
import { storageError } from '../../store/storage-error.ts'
import { isLiving } from '../../store/versioned-table.ts'
import { someOf } from '../gate/words.ts'
import { createModelCompiler } from '../model/compile-model.ts'
import { createModelsAhead, type ModelsAhead } from '../model/compute-ahead.ts'
import { heldStateOf } from '../model/held-rows.ts'
import { exportRun } from './export-run.ts'
import { createMetricsRecorder, measureNothing, type MetricsRecorder } from './metrics/record-metrics.ts'
import { buildModels } from './models/build-models.ts'
import { checkModels } from './models/check-models.ts'
import { guardModels } from './models/guard-models.ts'
import type { ModelsContext } from './models/models-context.ts'
import { describeRebuild } from './models/rebuild.ts'
import { unknownCompanies } from './named-companies.ts'
import { openTracker } from './open-tracker.ts'
import { pruneVersions } from './publish/prune-versions.ts'
import { publishRun } from './publish/publish-run.ts'
import { publishedRunOf } from './publish/published-runs.ts'
import { recountWaiting } from './publish/recount-waiting.ts'
import { beginRun, closeRun, noteBuilt, recordLog } from './record/run-record.ts'
import { noteResumption } from './resume/reopen-run.ts'
import { enter, type OpenRun, type RunContext, type RunOutcome } from './run-context.ts'
import { stageDelivery } from './sources/stage-delivery.ts'

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
  const run: OpenRun = { ...context, runId, publishedRun, tracker: openTracker(context, runId), log }
  writeInSteps(connection)
  try {
    const problem = await workUpTo(run)
    if (problem !== null) {
      closeRun(connection, runId, 'blocked', problem)
      log('error', problem.message)
    }
    const status = problem !== null ? 'blocked' : request.kind === 'preview' ? 'cancelled' : 'published'
    run.tracker.progress.status = status
    enter(run, 'done')
    return { run_id: runId, status }
  } catch (error) {
    const known = storageError(error, request.workspaceFolder)
    closeRun(connection, runId, 'failed', reportError(known))
    run.tracker.progress.status = 'failed'
    run.tracker.changed(true)
    throw known
  }
}

/** Works until the run is published and exported, and gives null; or until it is blocked, and gives what blocks it. */
async function workUpTo(run: OpenRun): Promise<ErrorReport | null> {
  const { connection, project, feeds, request, runId, log } = run
  enter(run, 'reading')
  const staged = await stageDelivery(run)
  if (staged.problem !== null) return staged.problem
  enter(run, 'modelling')
  announceRebuild(run)
  const models = modelsOf(run)
  const metrics = openMetrics(run, models)
  const ahead = openAhead(run)
  try {
    const enrichmentFiles = request.kind === 'feeds' ? feeds.byEnrichment : null
    const changed = await buildModels(models, enrichmentFiles, ahead, (model, changes) => {
      // What models wait for comes first.
      if (ahead.isFree()) metrics.begin(model, changes)
    })
    enter(run, 'checking')
    checkModels(models, changed)
    noteBuilt(connection, runId, staged.nextArrival)
    const problem = guardModels(run, models)
    if (problem !== null) {
      await metrics.record(changed)
      return problem
    }
    if (request.kind === 'preview') {
      closeRun(connection, runId, 'cancelled', null)
      return null
    }
    publish(run, staged.nextArrival)
    await measurePublished(run, () => metrics.record(changed))
  } finally {
    await Promise.all([metrics.close(), ahead.close()])
  }
  pruneVersions(connection, project.config.retention_runs, log)
  exportRun(run, models.compiler.narrowed(heldStateOf(connection, project, runId)))
  return null
}

function announceRebuild({ connection, project, rebuild, log }: OpenRun): void {
  if (rebuild === null) return
  log('info', describeRebuild(rebuild, project))
  // What was just delivered may have brought them; else nothing of them is built.
  const unknown = unknownCompanies(connection, project, rebuild.companies)
  if (unknown.length > 0) log('warn', `No staged row is of ${someOf(unknown)}: nothing of that is built again.`)
}

function modelsOf(run: OpenRun): ModelsContext {
  const { connection, runId, publishedRun, project, asOf, tracker, rebuild, resumed, log } = run
  return {
    connection,
    runId,
    publishedRun,
    project,
    compiler: createModelCompiler(project, { condition: isLiving, asOf }),
    tracker,
    rebuild,
    built: resumed?.models ?? new Set(),
    log,
  }
}

function openAhead({ connection, request, threadEntry }: OpenRun): ModelsAhead {
  const workspaceFolder = resolve(request.workspaceFolder)
  return createModelsAhead({
    connection,
    databasePath: databasePathOf(workspaceFolder),
    targetFolder: join(workspaceFolder, 'computed'),
    threadEntry,
  })
}

/** A preview is never compared with anything. */
function openMetrics({ request, threadEntry }: OpenRun, models: ModelsContext): MetricsRecorder {
  if (request.kind === 'preview') return measureNothing
  return createMetricsRecorder(models, {
    databasePath: databasePathOf(resolve(request.workspaceFolder)),
    threadEntry,
  })
}

function publish(run: OpenRun, nextArrival: number): void {
  const { connection, project, runId, log } = run
  enter(run, 'publishing')
  writeForGood(connection)
  publishRun(connection, runId, nextArrival, () => {
    // Much may have been decided and taken back while the run went on.
    recountWaiting(connection, project)
  })
  log('info', `Run ${runId} was published.`)
}

/** Readers need not wait for what comparisons need; trouble with that does not take back what they see by now. */
async function measurePublished(run: OpenRun, measure: () => Promise<void>): Promise<void> {
  enter(run, 'measuring')
  try {
    await measure()
  } catch (error) {
    const { message } = reportError(storageError(error, run.request.workspaceFolder))
    run.log('warn', `Run ${run.runId} is published, but could not be measured: ${message} The next run measures anew.`)
  }
}
