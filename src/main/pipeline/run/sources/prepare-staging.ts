import { inTransaction, type Connection } from '../../../store/database.ts'
import { noteFirstVersion } from '../../../store/versioned-table.ts'
import { fetchRecords } from '../../archive/fetch-records.ts'
import type { SourceContract } from '../../contract/source-contract.ts'
import type { Project } from '../../project/project.ts'
import { readLimits, takeLimits } from '../../staging/read-limits.ts'
import { recordApplied } from '../../staging/record-applied.ts'
import { openSteps, stepNames } from '../../staging/run-steps.ts'
import type { StagingContext } from '../../staging/staging-context.ts'
import { contractFingerprint } from './contract-fingerprint.ts'
import { formOf, reformedSources } from './reformed-sources.ts'
import { loadRunAmendments } from './run-amendments.ts'
import { runBasis } from '../resume/run-basis.ts'
import type { OpenRun } from '../run-context.ts'
import { dayOfRun } from '../record/day-of-run.ts'
import { noteLastOperation } from '../record/run-record.ts'

/** Gathers what all sources of a run are staged with, and notes the decisions that the run is made with. */
export function prepareStaging(run: OpenRun): StagingContext {
  const { connection, project, request, runId, publishedRun, asOf, thread } = run
  const { null_words: nullWords, max_record_bytes: maxRecordBytes } = project.config
  const days = { before: dayOfRun(connection, publishedRun) ?? asOf, now: asOf }
  const reformed = reformedSources({ connection, project, publishedRun, isRefreshed: request.fullRefresh === true })
  const steps = openSteps(connection, runId)
  const isResumed = steps.resultOf(stepNames.basis) !== undefined
  // At once: what is decided a moment later is wholly unknown to the run.
  const amendments = inTransaction(connection, () => {
    // A resumed run has noted already what it applies; what is staged was made with what the published run applied.
    const made = isResumed ? { appliedIn: publishedRun } : 'living'
    const loaded = loadRunAmendments(connection, days, request.records, made)
    if (isResumed) return { ...loaded, limits: readLimits(connection) }
    noteLastOperation(connection, runId)
    noteFirstVersion(connection, runId, 'assay_applied')
    recordApplied(connection, runId, loaded.identities)
    recordContracts(connection, runId, project)
    const limits = takeLimits(connection, runId)
    steps.once(stepNames.basis, () => runBasis(connection, project, request, asOf))
    return { ...loaded, limits }
  })
  const { contracts } = project
  const changedContracts = [...contracts.values()].filter((contract) => isChanged(run, contract))
  return {
    connection,
    runId,
    steps,
    thread,
    contracts,
    asOf,
    nullWords,
    maxRecordBytes,
    companyColumn: project.config.company ?? null,
    before: amendments.before,
    now: amendments.now,
    limits: amendments.limits,
    changedContracts: new Set(changedContracts.map(({ name }) => name)),
    reformed,
    fetchRecords: (arrivals) => fetchRecords(connection, request.workspaceFolder, contracts, maxRecordBytes, arrivals),
  }
}

/** Whether the published state was judged by another contract; one of which that is not known counts as another. */
function isChanged({ connection, publishedRun, project }: OpenRun, contract: SourceContract): boolean {
  if (publishedRun === 0) return false
  const known = connection
    .prepare('SELECT fingerprint FROM assay_run_contract WHERE run_id = ? AND source = ?')
    .pluck()
    .get(publishedRun, contract.name)
  return known !== contractFingerprint(contract, project)
}

/** Notes by which contracts the state after a run was judged: it goes back and forth with the run. */
function recordContracts(connection: Connection, runId: number, project: Project): void {
  const add = connection.prepare(
    'INSERT INTO assay_run_contract (run_id, source, fingerprint, form) VALUES (?, ?, ?, ?)',
  )
  for (const contract of project.contracts.values())
    add.run(runId, contract.name, contractFingerprint(contract, project), JSON.stringify(formOf(contract)))
}
