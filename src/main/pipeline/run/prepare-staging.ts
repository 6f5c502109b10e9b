import { createHash } from 'node:crypto'
import type { Connection } from '../../store/database.ts'
import { inTransaction } from '../../store/database.ts'
import { noteFirstVersion } from '../../store/versioned-table.ts'
import { fetchRecords } from '../archive/fetch-records.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import type { Project } from '../project/project.ts'
import type { ReadingThread } from '../staging/reading-thread.ts'
import { recordApplied } from '../staging/record-applied.ts'
import type { StagingContext } from '../staging/stage-source.ts'
import { loadRunAmendments } from './run-amendments.ts'
import { readSetting, writeSetting } from './run-record.ts'

export interface StagingPlan {
  readonly connection: Connection
  readonly project: Project
  readonly workspaceFolder: string
  readonly runId: number
  readonly publishedRun: number
  readonly asOf: number
  readonly thread: ReadingThread | null
  /** The records that the run is about; null for all. */
  readonly records: readonly number[] | null
}

/** Gathers what all sources of a run are staged with, and notes the decisions that the run is made with. */
export function prepareStaging(plan: StagingPlan): StagingContext {
  const { connection, project, workspaceFolder, runId, publishedRun, asOf, thread, records } = plan
  const { null_words: nullWords, max_record_bytes: maxRecordBytes } = project.config
  const before = connection.prepare('SELECT as_of FROM assay_run WHERE run_id = ?').pluck().get(publishedRun)
  const amendments = loadRunAmendments(connection, { before: Number(before ?? asOf), now: asOf }, records)
  connection.exec('DROP TABLE IF EXISTS temp.settled; CREATE TABLE temp.settled (arrival INTEGER PRIMARY KEY)')
  inTransaction(connection, () => {
    noteFirstVersion(connection, runId, 'assay_applied')
    recordApplied(connection, runId, amendments.identities)
  })
  const { contracts } = project
  const changedContracts = [...contracts.values()].filter((contract) => isChanged(connection, contract))
  return {
    connection,
    runId,
    thread,
    contracts,
    asOf,
    nullWords,
    maxRecordBytes,
    companyColumn: project.config.company ?? null,
    before: amendments.before,
    now: amendments.now,
    changedContracts: new Set(changedContracts.map(({ name }) => name)),
    fetchRecords: (arrivals) => fetchRecords(connection, workspaceFolder, contracts, maxRecordBytes, arrivals),
  }
}

const settingOf = (contract: SourceContract) => `contract:${contract.name}`
const fingerprintOf = (contract: SourceContract) =>
  createHash('sha256').update(JSON.stringify(contract)).digest('hex').slice(0, 16)

function isChanged(connection: Connection, contract: SourceContract): boolean {
  const known = readSetting(connection, settingOf(contract))
  return known !== null && known !== fingerprintOf(contract)
}

/** Remembers by which contracts the published state was judged. */
export function rememberContracts(connection: Connection, project: Project): void {
  for (const contract of project.contracts.values())
    writeSetting(connection, settingOf(contract), fingerprintOf(contract))
}
