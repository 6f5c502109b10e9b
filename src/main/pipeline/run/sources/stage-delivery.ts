import type { ErrorReport } from '../../../kernel/app-error.ts'
import { now } from '../../../kernel/clock.ts'
import { untouched } from '../../../kernel/untouched.ts'
import { readSetting } from '../../../store/workspace-setting.ts'
import type { SourceContract } from '../../contract/source-contract.ts'
import { holdAgain, holdOn } from '../gates/held-by-gates.ts'
import type { GatePlan } from '../gates/gate-plan.ts'
import { openGate, openWay } from '../gates/open-gate.ts'
import type { OpenRun } from '../run-context.ts'
import { archivedDeliveries } from './archived-deliveries.ts'
import { findKnownFiles } from './known-files.ts'
import { noteLimits } from './note-limits.ts'
import { prepareStaging } from './prepare-staging.ts'
import { stageSources, type StagedSources, type StageSourcesInput } from './stage-sources.ts'

/** Stages what was delivered to a run; gives what blocks the run, or null, and the arrival number of the next record. */
export async function stageDelivery(
  run: OpenRun,
): Promise<{ readonly problem: ErrorReport | null; readonly nextArrival: number }> {
  const { connection, project, feeds, request, runId, publishedRun, tracker, log } = run
  const { workspaceFolder } = request
  const isProof = request.readsAgain === true
  const gates = gatePlanOf(run)
  const staged = await stageSources({
    workspaceFolder,
    staging: prepareStaging(run),
    files: feeds.bySource,
    publishedRun,
    firstArrival: Number(readSetting(connection, 'next_arrival') ?? 1),
    tracker,
    findKnown: isProof ? () => [] : knownFilesOf(run),
    gateOf: (contract) => (isProof ? openWay : openGate(gates, contract)),
    refresh:
      request.fullRefresh === true
        ? (contract) => archivedDeliveries({ connection, workspaceFolder, publishedRun }, contract.name)
        : null,
  })
  const { nextArrival } = staged
  const problem = problemOf(run, staged)
  if (problem !== null) return { problem, nextArrival }
  noteLimits(connection, project, runId, log)
  if (isProof) holdAgain(connection, runId, request.heldByGates ?? [])
  else holdOn(connection, project, runId, publishedRun)
  return { problem: null, nextArrival }
}

function knownFilesOf({ connection, project, request, publishedRun, asOf }: OpenRun): StageSourcesInput['findKnown'] {
  const { workspaceFolder } = request
  const isRefreshed = request.fullRefresh === true
  return (contract: SourceContract, delivered) =>
    findKnownFiles({ connection, workspaceFolder, project, publishedRun, asOf, isRefreshed }, contract, delivered)
}

function gatePlanOf({ connection, project, request, runId, publishedRun, asOf, log }: OpenRun): GatePlan {
  const allowed = request.allowHeld ?? null
  return {
    connection,
    runId,
    publishedRun,
    asOf,
    retentionRuns: project.config.retention_runs,
    allowHeld: allowed === null ? null : { who: request.startedBy, at: now(), ...allowed },
    judgesStanding:
      request.kind === 'feeds' &&
      request.inputFolder !== '' &&
      request.fullRefresh !== true &&
      request.rebuild === undefined,
    log,
  }
}

/** Rejected files and gates that hold a delivery block the run. */
function problemOf({ runId, log }: OpenRun, { rejected, held }: StagedSources): ErrorReport | null {
  if (rejected.length > 0) {
    for (const { file, reason } of rejected) log('error', `${file} was rejected: ${reason}`)
    return {
      code: 'FILE_REJECTED',
      message: rejected.map(({ reason }) => reason).join(' '),
      place: { file: rejected[0]?.file ?? '' },
      saved: untouched,
      hint: 'Mend or remove the file, then run again.',
    }
  }
  if (held.length === 0) return null
  return {
    code: 'RUN_BLOCKED',
    message: held.join(' '),
    place: {},
    saved: untouched,
    hint: `Mend the feed and run again, or let it through for a reason: in the workbench by Let through, on the command line with assay gates allow ${runId} --reason TEXT`,
  }
}
