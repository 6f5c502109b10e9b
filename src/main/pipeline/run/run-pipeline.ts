import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError } from '../../kernel/app-error.ts'
import type { Connection } from '../../store/database.ts'
import {
  createWorkspaceIfMissing,
  databasePathOf,
  makeWorkspaceFolder,
  moveFromLog,
  openWorkspace,
} from '../../store/open-workspace.ts'
import { asideGroupOf } from '../../store/set-aside.ts'
import { storageError } from '../../store/storage-error.ts'
import { lockWorkspace } from '../../store/workspace-lock.ts'
import { waitForOthers } from '../../store/write-when-free.ts'
import { parseDate } from '../contract/parse-date.ts'
import { loadProject } from '../project/load-project.ts'
import type { Project } from '../project/project.ts'
import { openReadingThread } from '../staging/reading-thread.ts'
import { dayOfRun } from './record/day-of-run.ts'
import { completeRecords } from './complete-records.ts'
import { describeFreshStart, describeResume } from './resume/describe-resume.ts'
import { executeRun } from './execute-run.ts'
import type { RunContext, RunListener, RunOutcome } from './run-context.ts'
import { findFeeds, noFeeds } from './sources/find-feeds.ts'
import { planResume, type ResumeSite } from './resume/plan-resume.ts'
import { refuseUnknownCompanies } from './named-companies.ts'
import { planRebuild, type Rebuild } from './models/rebuild.ts'
import { rewindRun } from './resume/rewind-run.ts'
import { publishedRunOf } from './publish/published-runs.ts'
import { readSetting, writeSetting } from '../../store/workspace-setting.ts'
import type { RunRequest } from './run-request.ts'
import { undoUnpublished } from './publish/undo-unpublished.ts'

/**
 * Runs the pipeline once: reads the feeds, stages, builds and checks the models, publishes, exports. Nothing is visible to readers
 * before it is published whole. Throws an `AppError` where it fails; the record of the run then says so. `jobThread` is the module
 * of the threads that read feeds, compute models and measure.
 */
export async function runPipeline(request: RunRequest, listener: RunListener, jobThread: URL): Promise<RunOutcome> {
  // It starts while the project is read.
  const thread = request.kind === 'feeds' ? openReadingThread(jobThread) : null
  try {
    return await runWith(request, listener, { thread, threadEntry: jobThread })
  } finally {
    await thread?.close()
  }
}

async function runWith(
  request: RunRequest,
  listener: RunListener,
  threads: Pick<RunContext, 'thread' | 'threadEntry'>,
): Promise<RunOutcome> {
  const given = request.asOf === null ? null : parseDate(request.asOf)
  if (given === undefined) throw new AppError('USAGE', `${request.asOf} is not a day; write it as YYYY-MM-DD.`)
  const project = loadProject(request.projectFolder)
  const feeds =
    request.kind === 'feeds' && request.inputFolder !== '' ? findFeeds(project, request.inputFolder) : noFeeds(project)
  const rebuild = planRebuildOf(project, request)
  const workspaceFolder = resolve(request.workspaceFolder)
  // What is built again is there already.
  if (request.inputFolder === '' && !existsSync(databasePathOf(workspaceFolder))) throw nothingPublished()
  makeWorkspaceFolder(workspaceFolder)
  const lock = lockWorkspace(workspaceFolder, 'run')
  try {
    createWorkspaceIfMissing(workspaceFolder)
    const { connection, databasePath } = openWorkspace(workspaceFolder)
    try {
      waitForOthers(connection)
      claimWorkspace(connection, project)
      const asOf = given ?? publishedDayOf(connection)
      // Where no feed is read nothing can bring what is not there.
      if (request.kind === 'replay') refuseUnknownCompanies(connection, project, rebuild?.companies ?? [])
      const { resumed, resumption } = clearWay({ connection, project, feeds, request, asOf })
      completeRecords(connection, project)
      return await executeRun({
        connection,
        project,
        feeds,
        request,
        rebuild,
        asOf,
        listener,
        resumed,
        resumption,
        ...threads,
      })
    } catch (error) {
      throw storageError(error, databasePath)
    } finally {
      moveFromLog(connection)
      connection.close()
    }
  } finally {
    lock.release()
  }
}

/** Brings the workspace to where the run begins: to what is published, or to what of a broken-off run stays. */
function clearWay(site: ResumeSite): Pick<RunContext, 'resumed' | 'resumption'> {
  const { connection, project, request } = site
  const plan = request.resume === undefined ? null : planResume(site, request.resume)
  if (plan !== null && 'runId' in plan) {
    rewindRun(connection, project, plan, request)
    return { resumed: plan, resumption: describeResume(plan, project) }
  }
  undoUnpublished(connection)
  if (plan === null || request.resume === undefined) return { resumed: null, resumption: null }
  const isSetAside = asideGroupOf(connection, request.resume) !== null
  return { resumed: null, resumption: describeFreshStart(request.resume, plan.refused, isSetAside) }
}

function planRebuildOf(project: Project, { rebuild, fullRefresh }: RunRequest): Rebuild | null {
  if (fullRefresh === true) return planRebuild(project, { select: [], companies: [], from: null, to: null })
  return rebuild === undefined ? null : planRebuild(project, rebuild)
}

/** The day of the published run, on which a replay takes place too. */
function publishedDayOf(connection: Connection): number {
  const day = dayOfRun(connection, publishedRunOf(connection))
  if (day !== undefined) return day
  throw nothingPublished()
}

function nothingPublished(): AppError {
  return new AppError(
    'USAGE',
    'Nothing was published in this workspace yet, so there is nothing to replay or to build again.',
    {
      saved: 'Nothing was changed.',
      hint: 'Run the pipeline first: assay run --input FEEDS --workspace FOLDER',
    },
  )
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
