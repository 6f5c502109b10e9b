import { resolve } from 'node:path'
import type { HandlersFor } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { userName } from '../../kernel/user-name.ts'
import { today } from '../../kernel/clock.ts'
import { cancelElsewhere } from '../../pipeline/run/cancel-elsewhere.ts'
import { requestOfRun } from '../../pipeline/run/resume/find-resumable.ts'
import { inspectCandidate } from '../../pipeline/run/publish/inspect-candidate.ts'
import { refuseUnknownCompanies } from '../../pipeline/run/named-companies.ts'
import { planRebuild } from '../../pipeline/run/models/rebuild.ts'
import { noRun } from '../../pipeline/run/record/require-run.ts'
import { rollBack } from '../../pipeline/run/publish/roll-back.ts'
import { discardCandidate, releaseCandidate } from '../../pipeline/run/publish/settle-candidate.ts'
import type { EngineContext } from '../context.ts'
import type { RunDetail, runsMethods } from './protocol.ts'
import { listRuns, readRun, type RecordedRun } from './queries.ts'

/** Answers what is asked about runs, and starts and cancels them. */
export function runsHandlers({ workbench, jobs, announce }: EngineContext): HandlersFor<typeof runsMethods> {
  const who = userName()

  function show(runId: number): RunDetail {
    const run = readRun(workbench.connection, runId, workbench.isBeingWritten)
    if (run === undefined) throw noRun(runId)
    return { ...run, ...ofProject(run) }
  }
  function ofProject({ checks }: RecordedRun): Pick<RunDetail, 'source_count' | 'model_count' | 'checks'> {
    const { contracts, models } = workbench.project
    const perOf = new Map([...models.values()].flatMap((model) => model.checks.map(({ name, per }) => [name, per])))
    return {
      source_count: contracts.size,
      model_count: models.size,
      checks: checks.map((check) => ({ ...check, per: perOf.get(check.name) ?? null })),
    }
  }
  async function decided<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    refuseDuringRun(jobs.current()?.run_id)
    const result = await work()
    announce(what)
    return result
  }

  /** What builds again reads no folder, and is as of the day of the published run. */
  const again = {
    projectFolder: workbench.project.folder,
    inputFolder: '',
    workspaceFolder: workbench.workspaceFolder,
    asOf: null,
    exportFolder: null,
    startedBy: who,
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
        startedBy: who,
        records: null,
      }),
    rerun({ model, descendants, companies, from, to }) {
      const rebuild = { select: [descendants ? `${model}+` : model], companies, from, to }
      const planned = planRebuild(workbench.project, rebuild)
      refuseUnknownCompanies(workbench.connection, workbench.project, planned.companies)
      return jobs.start({ ...again, kind: 'replay', records: [], rebuild })
    },
    refresh: () => jobs.start({ ...again, kind: 'feeds', records: null, fullRefresh: true }),
    resume({ run_id: runId }) {
      const asked = requestOfRun(workbench.connection, runId)
      if (!show(runId).can_resume || asked === null)
        throw new AppError('USAGE', `Run ${runId} cannot be resumed: there is nothing of it to go on with.`, {
          saved: 'No run was started.',
          hint: 'Only the last run can be, until it is published, another one starts or is brought back, or readers are brought forward past it. Run the pipeline again.',
        })
      return jobs.start({
        ...asked,
        projectFolder: workbench.project.folder,
        workspaceFolder: workbench.workspaceFolder,
        startedBy: who,
        resume: runId,
      })
    },
    async cancel({ run_id: runId }) {
      if (jobs.isGoingOn(runId)) await jobs.cancel(runId)
      else await cancelElsewhere(workbench.connection, workbench.workspaceFolder, runId)
      return { status: show(runId).status }
    },
    rollback: ({ run_id: runId, reason }) =>
      decided(`rolled back to run ${runId}`, () => rollBack(workbench, runId, { who, reason })),
    release: ({ run_id: runId, reason }) =>
      decided(`run ${runId} was released`, () => releaseCandidate(workbench, runId, { who, reason })),
    discard: ({ run_id: runId, reason }) =>
      decided(`run ${runId} was discarded`, () => discardCandidate(workbench, runId, { who, reason })),
    inspect: ({ run_id: runId }) =>
      decided(`run ${runId} was brought back`, () => inspectCandidate(workbench, runId, who)),
    current: () => jobs.current(),
  }
}

/** Said at once; the lock of the workspace would be waited for. */
function refuseDuringRun(runId: number | undefined): void {
  if (runId === undefined) return
  throw new AppError('WORKSPACE_LOCKED', `Run ${runId} is going on.`, {
    saved: 'Nothing was changed.',
    hint: 'Wait until it has ended or cancel it, then try again.',
  })
}
