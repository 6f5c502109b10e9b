import { createRecordJudges } from '../../amendment/judge-known-records.ts'
import { loadAmendments } from '../../amendment/load-amendments.ts'
import { updateWaiting } from '../../amendment/update-waiting.ts'
import type { VerdictContext } from '../../contract/compile-contract.ts'
import { lookupSourcesOf } from '../../contract/source-contract.ts'
import type { Project } from '../../project/project.ts'
import { readLookup } from '../../staging/follow-lookups.ts'
import type { Connection } from '../../../store/database.ts'
import { isSeenBy, seenCondition } from '../../../store/versioned-table.ts'
import { dayOfRun } from '../record/day-of-run.ts'
import { publishedRunOf } from './published-runs.ts'

/**
 * Finds anew which records wait for a replay, after readers were given another run: what people decided stays, and waits where that run
 * was made without it. Inside the caller's transaction.
 */
export function recountWaiting(connection: Connection, project: Project): void {
  const run = publishedRunOf(connection)
  connection.prepare('DELETE FROM assay_waiting').run()
  const decided = recordsDecidedOtherwise(connection, run)
  if (decided.length === 0) return
  const { contracts } = project
  const asOf = dayOfRun(connection, run) ?? 0
  const condition = seenCondition(connection, run)
  const lookups = new Map<string, ReadonlyMap<string, string>>()
  const lookup = (name: string) => {
    const contract = contracts.get(name)
    const known =
      lookups.get(name) ??
      (contract === undefined ? new Map<string, string>() : readLookup(connection, contract, condition))
    lookups.set(name, known)
    return known
  }
  const contextOf = (source: string): VerdictContext => {
    const contract = contracts.get(source)
    const names = contract === undefined ? [] : lookupSourcesOf(contract)
    return {
      asOf,
      nullWords: project.config.null_words,
      lookups: Object.fromEntries(names.map((name) => [name, lookup(name)])),
    }
  }
  const judges = {
    now: createRecordJudges(contracts, contextOf, loadAmendments(connection, 'in force', asOf)),
    published: createRecordJudges(contracts, contextOf, loadAmendments(connection, { appliedIn: run }, asOf)),
  }
  for (const [operation, records] of Map.groupBy(decided, (record) => record.operation))
    updateWaiting(
      connection,
      records.map(({ arrival }) => arrival),
      operation,
      run,
      judges,
    )
}

/** The records about which other decisions are in force than the run was made with, each with the latest operation that says so. */
function recordsDecidedOtherwise(
  connection: Connection,
  run: number,
): readonly { readonly arrival: number; readonly operation: number }[] {
  return connection
    .prepare(
      `WITH applied AS MATERIALIZED (SELECT amendment_id FROM assay_applied WHERE ${isSeenBy(run)}),
      otherwise AS MATERIALIZED (
        SELECT a.source, a.identity, max(coalesce(o.undone_by, o.operation_id)) AS operation
        FROM assay_amendment AS a JOIN assay_operation AS o USING (operation_id)
        WHERE (o.undone_by IS NULL) <> (a.amendment_id IN (SELECT amendment_id FROM applied))
        GROUP BY a.source, a.identity)
      SELECT r.arrival, d.operation FROM otherwise AS d CROSS JOIN assay_record AS r ON r.source = d.source AND r.identity = d.identity
      ORDER BY r.arrival`,
    )
    .all() as { arrival: number; operation: number }[]
}
