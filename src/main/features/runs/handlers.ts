import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import type { HandlersFor } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { today } from '../../kernel/clock.ts'
import type { EngineContext } from '../context.ts'
import type { RunDetail, runsMethods } from './protocol.ts'
import { listRuns, readRun } from './queries.ts'

/** Answers what is asked about runs, and starts and cancels them. */
export function runsHandlers({ workbench, jobs }: EngineContext): HandlersFor<typeof runsMethods> {
  function show(runId: number): RunDetail {
    const run = readRun(workbench.connection, runId, workbench.isBeingWritten)
    if (run === undefined)
      throw new AppError('NOT_FOUND', `There is no run ${runId} in the workspace.`, {
        hint: 'The runs that there are: assay runs list.',
      })
    return run
  }
  return {
    list: ({ limit }) => listRuns(workbench.connection, limit, workbench.isBeingWritten),
    show: ({ run_id: runId }) => show(runId),
    start: (input) =>
      jobs.start({
        kind: 'feeds',
        projectFolder: workbench.project.folder,
        inputFolder: resolve(input.input),
        workspaceFolder: workbench.workspaceFolder,
        asOf: input.as_of ?? today(),
        exportFolder: input.export === undefined ? null : resolve(input.export),
        startedBy: userInfo().username,
        records: null,
      }),
    async cancel({ run_id: runId }) {
      await jobs.cancel(runId)
      return { status: show(runId).status }
    },
    current: () => jobs.current(),
  }
}
