import type { OutputOf } from '#protocol/method'
import type { Connection } from '../../store/database.ts'
import type { quarantineMethods } from './protocol.ts'

type History = OutputOf<typeof quarantineMethods.show>['history']

const becameIn = {
  open: 'Held back',
  released: 'Released: it was staged',
  waived: 'Staged as it is, by a waiver',
  discarded: 'Left out, as decided',
} as const

interface Event {
  readonly at: number
  readonly run_id: number | null
  readonly operation_id: number | null
  readonly who: string
  readonly what: string
}

/** What happened to a record, oldest first: how it stood after each run, when it was delivered again, and what people decided about it. */
export function readHistory(
  connection: Connection,
  arrival: number,
  source: string,
  identity: string,
  publishedRun: number,
): History {
  const states = connection
    .prepare(
      `SELECT q.state, q.from_run AS run_id, r.started_at AS at, r.started_by AS who FROM assay_quarantine AS q
      JOIN assay_run AS r ON r.run_id = q.from_run WHERE q.arrival = ? AND q.from_run <= ? ORDER BY q.version`,
    )
    .all(arrival, publishedRun) as { state: keyof typeof becameIn; run_id: number; at: number; who: string }[]
  const sightings = connection
    .prepare(
      `SELECT s.run_id, r.started_at AS at, r.started_by AS who FROM assay_sighting AS s JOIN assay_run AS r USING (run_id)
      WHERE s.arrival = ? AND s.run_id <= ?`,
    )
    .all(arrival, publishedRun) as { run_id: number; at: number; who: string }[]
  const operations = connection
    .prepare(
      `SELECT DISTINCT o.operation_id, o.made_at AS at, o.made_by AS who, o.what, o.reason FROM assay_operation AS o
      WHERE o.operation_id IN (SELECT operation_id FROM assay_amendment WHERE source = :source AND identity = :identity)
        OR o.undoes IN (SELECT operation_id FROM assay_amendment WHERE source = :source AND identity = :identity)`,
    )
    .all({ source, identity }) as { operation_id: number; at: number; who: string; what: string; reason: string }[]
  const events: Event[] = [
    ...states.map(({ state, ...run }) => ({ ...run, operation_id: null, what: `${becameIn[state]}.` })),
    ...sightings.map((run) => ({ ...run, operation_id: null, what: 'Delivered again, unchanged.' })),
    ...operations.map(({ what, reason, ...made }) => ({
      ...made,
      run_id: null,
      what: reason === '' ? `${what}.` : `${what}: ${reason}`,
    })),
  ]
  return events
    .toSorted((one, other) => one.at - other.at || (one.run_id ?? 0) - (other.run_id ?? 0))
    .map(({ at, ...event }) => ({ ...event, at: new Date(at).toISOString() }))
}
