import type { HandlersFor } from '#protocol/method'
import { formatters } from '../../kernel/format-value.ts'
import { createUnusualCount } from '../../pipeline/run/comparison/count-unusual.ts'
import { readSetting } from '../../store/workspace-setting.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import type { EngineContext } from '../context.ts'
import type { workspaceMethods } from './protocol.ts'

/** Answers what the frame of the workbench shows. */
export function workspaceHandlers({ workbench, jobs, host }: EngineContext): HandlersFor<typeof workspaceMethods> {
  const { connection, project } = workbench
  const countUnusual = createUnusualCount(workbench)
  const text = (value: string | number | null) => (value === null ? null : String(value))
  return {
    info() {
      const run = workbench.publishedRun()
      const published = connection
        .prepare('SELECT run_id, as_of, finished_at FROM assay_run WHERE run_id = ?')
        .get(run) as { run_id: number; as_of: number; finished_at: number } | undefined
      const open = connection
        .prepare(`SELECT count(*) FROM assay_quarantine WHERE state = 'open' AND ${isSeenBy(run)}`)
        .pluck()
        .get()
      return {
        project: { name: project.config.name, title: project.config.title, folder: project.folder },
        workspace: { name: workbench.workspaceName, folder: workbench.workspaceFolder },
        published:
          published === undefined
            ? null
            : {
                run_id: run,
                as_of: formatters.date(published.as_of),
                finished_at: new Date(published.finished_at).toISOString(),
              },
        counts: {
          open_quarantine: Number(open),
          running_runs: jobs.current() === null ? 0 : 1,
          unusual_differences: countUnusual(),
        },
        remembered: { input: text(readSetting(connection, 'input')), as_of: text(readSetting(connection, 'as_of')) },
        host,
      }
    },
  }
}
