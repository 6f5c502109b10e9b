import { resolve } from 'node:path'
import { AppError } from '../../kernel/app-error.ts'
import type { Connection } from '../../store/database.ts'
import { createWorkspaceIfMissing, makeWorkspaceFolder, openWorkspace } from '../../store/open-workspace.ts'
import { storageError } from '../../store/storage-error.ts'
import { lockWorkspace } from '../../store/workspace-lock.ts'
import { waitForOthers } from '../../store/write-when-free.ts'
import { parseDate } from '../contract/parse-date.ts'
import { loadProject } from '../project/load-project.ts'
import type { Project } from '../project/project.ts'
import { completeRecords } from './complete-records.ts'
import { describeFreshStart, describeResume } from './describe-resume.ts'
import { executeRun, type RunContext, type RunListener, type RunOutcome } from './execute-run.ts'
import { findFeeds, noFeeds } from './find-feeds.ts'
import { planResume, type ResumeSite } from './plan-resume.ts'
import { planRebuild, type Rebuild } from './rebuild.ts'
import { rewindRun } from './rewind-run.ts'
import { publishedRunOf, readSetting, writeSetting } from './run-record.ts'
import type { RunRequest } from './run-request.ts'
import { undoUnpublished } from './undo-unpublished.ts'

/**
 * Runs the pipeline once: reads the feeds, stages, builds and checks the models, publishes, exports. Nothing is visible to readers
 * before it is published whole. Throws an `AppError` where it fails; the record of the run then says so. `readingThread` is the module
 * of the thread that reads the feeds.
 */
export async function runPipeline(request: RunRequest, listener: RunListener, readingThread: URL): Promise<RunOutcome> {
  const given = request.asOf === null ? null : parseDate(request.asOf)
  if (given === undefined) throw new AppError('USAGE', `${request.asOf} is not a day; write it as YYYY-MM-DD.`)
  const project = loadProject(request.projectFolder)
  const feeds =
    request.kind === 'feeds' && request.inputFolder !== '' ? findFeeds(project, request.inputFolder) : noFeeds(project)
  const rebuild = planRebuildOf(project, request)
  const workspaceFolder = resolve(request.workspaceFolder)
  makeWorkspaceFolder(workspaceFolder)
  const lock = lockWorkspace(workspaceFolder, 'run')
  try {
    createWorkspaceIfMissing(workspaceFolder)
    const { connection, databasePath } = openWorkspace(workspaceFolder)
    try {
      waitForOthers(connection)
      claimWorkspace(connection, project)
      const asOf = given ?? publishedDayOf(connection)
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
        readingThread,
      })
    } catch (error) {
      throw storageError(error, databasePath)
    } finally {
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
  return { resumed: null, resumption: describeFreshStart(request.resume, plan.refused) }
}

function planRebuildOf(project: Project, { rebuild, fullRefresh }: RunRequest): Rebuild | null {
  if (fullRefresh === true) return planRebuild(project, { select: [], companies: [], from: null, to: null })
  return rebuild === undefined ? null : planRebuild(project, rebuild)
}

/** The day of the published run, on which a replay takes place too. */
function publishedDayOf(connection: Connection): number {
  const day = connection.prepare('SELECT as_of FROM assay_run WHERE run_id = ?').pluck().get(publishedRunOf(connection))
  if (day !== undefined) return Number(day)
  throw new AppError(
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
