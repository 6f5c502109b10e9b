import { resolve } from 'node:path'
import { AppError } from '../../../kernel/app-error.ts'
import type { RunRequest } from '../../../pipeline/run/run-request.ts'

/** What the last run of a workspace was asked for, where it did not come to be published: what `--resume` goes on with. */
export async function unfinishedRun(folders: {
  readonly project: string
  readonly workspace: string
}): Promise<RunRequest> {
  // Loaded when needed, so that help, mistakes and other runs (a process of their own) do not wait for the database.
  const { openWorkbench } = await import('../../../pipeline/run/open-workbench.ts')
  const { lastRunOf } = await import('../../../pipeline/run/resume/find-resumable.ts')
  const { connection, close } = openWorkbench({
    projectFolder: resolve(folders.project),
    workspaceFolder: resolve(folders.workspace),
    create: false,
  })
  const last = lastRunOf(connection)
  close()
  if (last === null) throw refused('There is no run in the workspace yet.')
  if (last.status === 'published') throw refused(`Run ${last.runId}, the last one, was published.`)
  if (last.request === null) throw refused(`What run ${last.runId}, the last one, was asked for is not known any more.`)
  return { ...last.request, resume: last.runId }
}

function refused(message: string): AppError {
  return new AppError('USAGE', message, {
    saved: 'No run was started.',
    hint: 'Name what is to be run: assay run --input FEEDS --workspace FOLDER',
  })
}
