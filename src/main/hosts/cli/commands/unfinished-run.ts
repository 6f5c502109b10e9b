import { runsMethods, type RunSummary } from '#features/runs'
import { AppError } from '../../../kernel/app-error.ts'
import { withEngine } from '../with-engine.ts'

/** The last run of a workspace, where it read feeds and did not come to be published: what is run again by `--resume`. */
export async function unfinishedRun(folders: {
  readonly project: string
  readonly workspace: string
}): Promise<Pick<RunSummary, 'input' | 'as_of'>> {
  const [last] = await withEngine(folders, (engine) => engine.call(runsMethods.list, { limit: 1 }))
  const refused = (message: string) =>
    new AppError('USAGE', message, {
      saved: 'No run was started.',
      hint: 'Name what is to be run: assay run --input FEEDS --workspace FOLDER',
    })
  if (last === undefined) throw refused('There is no run in the workspace yet.')
  if (last.status === 'published') throw refused(`Run ${last.run_id}, the last one, was published.`)
  if (last.kind !== 'feeds' || last.input === '') throw refused(`Run ${last.run_id}, the last one, read no feeds.`)
  return last
}
