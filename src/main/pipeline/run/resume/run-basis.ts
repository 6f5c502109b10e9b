import { createHash } from 'node:crypto'
import type { Connection } from '../../../store/database.ts'
import type { Project } from '../../project/project.ts'
import { readLimits } from '../../staging/read-limits.ts'
import { contractFingerprint } from '../sources/contract-fingerprint.ts'
import type { RunRequest } from '../run-request.ts'

/** What all steps of a run rest on: where one of these is another one, none of them counts. */
export interface RunBasis {
  readonly day: number
  readonly contracts: string
  readonly decisions: number
  readonly limits: string
  readonly asked: string
  /** Of the workspace: another version of the product may stage otherwise. */
  readonly format: number
}

/** What a run rests on as things stand now. */
export function runBasis(connection: Connection, project: Project, request: RunRequest, asOf: number): RunBasis {
  const { kind, records, readsAgain = false, fullRefresh = false, rebuild = null } = request
  const contracts = [...project.contracts.values()]
  return {
    day: asOf,
    contracts: hashOf(contracts.map((contract) => [contractFingerprint(contract, project), contract.gates])),
    decisions: Number(connection.prepare('SELECT coalesce(max(operation_id), 0) FROM assay_operation').pluck().get()),
    limits: hashOf([...readLimits(connection)]),
    asked: hashOf([kind, records, readsAgain, fullRefresh, rebuild]),
    format: Number(connection.pragma('user_version', { simple: true })),
  }
}

const changes: Record<keyof RunBasis, string> = {
  day: 'another day counts as today',
  contracts: 'a contract or what it is read with changed',
  decisions: 'something was decided about records since',
  limits: 'the limits on what is taken in changed',
  asked: 'something else is asked for',
  format: 'the workspace was brought to a newer version',
}

/** What of a run's basis changed, in words; null where nothing did. */
export function changeOfBasis(before: RunBasis, after: RunBasis): string | null {
  const [changed] = (Object.keys(changes) as (keyof RunBasis)[]).filter((part) => before[part] !== after[part])
  return changed === undefined ? null : changes[changed]
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
}
