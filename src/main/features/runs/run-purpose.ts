import type { RunRequest } from '../../pipeline/run/run-request.ts'
import type { RunSummary } from './protocol.ts'

interface AskedRun {
  readonly kind: RunSummary['kind']
  /** Its request as JSON; null for runs before this was kept. */
  readonly request: string | null
}

/** What a run was asked for: a rerun goes about it as a replay does, and a full refresh as a run of feeds. */
export function purposeOf({ kind, request }: AskedRun): RunSummary['purpose'] {
  if (request === null || kind === 'preview') return kind
  const { fullRefresh, rebuild } = JSON.parse(request) as Pick<RunRequest, 'fullRefresh' | 'rebuild'>
  if (fullRefresh === true) return 'full_refresh'
  if (rebuild === undefined) return kind
  const isPart = rebuild.companies.length > 0 || rebuild.from !== null || rebuild.to !== null
  return isPart ? 'backfill' : 'rerun'
}
