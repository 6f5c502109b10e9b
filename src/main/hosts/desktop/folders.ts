import { app } from 'electron'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** The project and the workspace that the app was started on, by its arguments or the defaults. */
export function foldersOf(args: readonly string[]): { projectFolder: string; workspaceFolder: string } {
  const { values } = parseArgs({
    args: [...args],
    options: { project: { type: 'string' }, workspace: { type: 'string' } },
    // Electron and the systems that start it add arguments of their own.
    strict: false,
  })
  const { project, workspace } = values
  return {
    projectFolder:
      typeof project === 'string' ? resolve(project) : join(app.getAppPath(), 'resources/projects/benefits'),
    workspaceFolder: typeof workspace === 'string' ? resolve(workspace) : join(app.getPath('userData'), 'workspace'),
  }
}
