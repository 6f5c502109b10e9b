import { candidateRunOf, requireCandidate } from './candidates.ts'
import { putInPlace } from './put-in-place.ts'
import { recordLog } from '../record/run-record.ts'
import { whileLocked, type Site } from './while-locked.ts'

/** The candidate that is in place now, and the one that it was before; null where there was none. */
export interface Inspected {
  readonly run_id: number
  readonly previous_candidate: number | null
}

/** Brings a candidate that is set aside back in place, so that it can be looked at and compared; readers see what they saw. */
export function inspectCandidate(site: Site, runId: number, who: string): Promise<Inspected> {
  const { connection } = site
  return whileLocked(site, `bringing run ${runId} back`, () => {
    requireCandidate(connection, runId)
    const before = candidateRunOf(connection)
    if (before === runId) return { run_id: runId, previous_candidate: runId }
    putInPlace(connection, runId)
    recordLog(connection, runId, 'info', `${who} brought the run back to look at it.`)
    return { run_id: runId, previous_candidate: before }
  })
}
