import type { Connection } from '../../../store/database.ts'
import type { Amendments } from '../../amendment/amendment.ts'
import { loadAmendments, type AmendmentState } from '../../amendment/load-amendments.ts'
import { amendmentsForReplay } from '../../staging/record-applied.ts'

/** What people decided, as a run finds it. */
export interface RunAmendments {
  /** By source: what the living state was made with. */
  readonly before: ReadonlyMap<string, Amendments>
  /** By source: what counts in this run. */
  readonly now: ReadonlyMap<string, Amendments>
  /** By source the records that the run is about; null for all. */
  readonly identities: ReadonlyMap<string, ReadonlySet<string>> | null
}

/** Loads the decisions for a run on a day; `made` tells by which those stand that are staged; `records` narrows it to these records. */
export function loadRunAmendments(
  connection: Connection,
  days: { readonly before: number; readonly now: number },
  records: readonly number[] | null,
  made: AmendmentState = 'living',
): RunAmendments {
  const before = loadAmendments(connection, made, days.before)
  const inForce = loadAmendments(connection, 'in force', days.now)
  if (records === null) return { before, now: inForce, identities: null }
  const identities = identitiesOf(connection, records)
  return { before, now: amendmentsForReplay(before, inForce, identities), identities }
}

function identitiesOf(connection: Connection, records: readonly number[]): ReadonlyMap<string, ReadonlySet<string>> {
  const rows = connection
    .prepare(
      'SELECT DISTINCT source, identity FROM json_each(?) AS j CROSS JOIN assay_record AS r ON r.arrival = j.value',
    )
    .all(JSON.stringify(records)) as { source: string; identity: string }[]
  return new Map(
    [...Map.groupBy(rows, ({ source }) => source)].map(([source, own]) => [
      source,
      new Set(own.map(({ identity }) => identity)),
    ]),
  )
}
