import { basename, resolve } from 'node:path'
import { AppError } from '../../kernel/app-error.ts'
import type { Connection } from '../../store/database.ts'
import {
  createWorkspaceIfMissing,
  databasePathOf,
  makeWorkspaceFolder,
  openWorkspace,
} from '../../store/open-workspace.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { isWorkspaceLocked, lockWorkspace } from '../../store/workspace-lock.ts'
import { createModelCompiler, type ModelCompiler } from '../model/compile-model.ts'
import { heldStateOf } from '../model/held-rows.ts'
import { loadProject } from '../project/load-project.ts'
import type { Project } from '../project/project.ts'
import { dayOfRun } from './record/day-of-run.ts'
import { completeRecords } from './complete-records.ts'
import { publishedRunOf } from './publish/published-runs.ts'
import { readSetting } from '../../store/workspace-setting.ts'
import { existsSync } from 'node:fs'

/** A project and a workspace, opened to look at what is published and to start runs. */
export interface Workbench {
  readonly project: Project
  readonly workspaceFolder: string
  readonly workspaceName: string
  readonly connection: Connection
  /** The run that readers see; 0 before the first. */
  publishedRun(): number
  /** A compiler for what the published run sees. */
  publishedCompiler(): ModelCompiler
  /** Whether a run is going on in the workspace, here or in another process. */
  isBeingWritten(): boolean
  close(): void
}

/** Opens a project and a workspace; `create` makes the workspace where there is none. */
export function openWorkbench(options: {
  readonly projectFolder: string
  readonly workspaceFolder: string
  readonly create: boolean
}): Workbench {
  const project = loadProject(options.projectFolder)
  const workspaceFolder = resolve(options.workspaceFolder)
  if (options.create && !existsSync(databasePathOf(workspaceFolder))) {
    makeWorkspaceFolder(workspaceFolder)
    const lock = lockWorkspace(workspaceFolder, 'making the workspace')
    try {
      createWorkspaceIfMissing(workspaceFolder)
    } finally {
      lock.release()
    }
  }
  const { connection } = openWorkspace(workspaceFolder)
  const owner = readSetting(connection, 'project')
  if (owner !== null && owner !== project.config.name) {
    connection.close()
    throw new AppError('USAGE', `The workspace belongs to the project ${owner}, not to ${project.config.name}.`, {
      saved: 'Nothing was changed.',
      hint: `Open it with --project and the folder of ${owner}, or name another workspace.`,
    })
  }
  completeRecords(connection, project)
  const publishedRun = () => publishedRunOf(connection)
  return {
    project,
    workspaceFolder,
    workspaceName: basename(workspaceFolder),
    connection,
    publishedRun,
    publishedCompiler() {
      const run = publishedRun()
      return createModelCompiler(project, {
        condition: isSeenBy(run),
        asOf: dayOfRun(connection, run) ?? 0,
        ...heldStateOf(connection, project, run),
      })
    },
    isBeingWritten: () => isWorkspaceLocked(workspaceFolder),
    close: () => void connection.close(),
  }
}
