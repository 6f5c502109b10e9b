import type { Connection } from '../../store/database.ts'
import type { Amendments } from '../amendment/amendment.ts'

/**
 * Notes, as versions of the run, with which amendments its state is made: all that are in force, or where `identities` names some (by
 * source) those of these records and for the others what counted before. Inside the caller's transaction.
 */
export function recordApplied(
  connection: Connection,
  runId: number,
  identities: ReadonlyMap<string, ReadonlySet<string>> | null,
): void {
  connection.exec(`
    DROP TABLE IF EXISTS temp.replayed;
    CREATE TABLE temp.replayed (source TEXT, identity TEXT, PRIMARY KEY (source, identity)) WITHOUT ROWID`)
  const add = connection.prepare('INSERT INTO temp.replayed SELECT ?, value FROM json_each(?)')
  for (const [source, own] of identities ?? []) add.run(source, JSON.stringify([...own]))
  const isReplayed =
    identities === null ? 'true' : '(a.source, a.identity) IN (SELECT source, identity FROM temp.replayed)'
  connection.exec(`
    UPDATE assay_applied SET to_run = ${runId} WHERE to_run IS NULL AND amendment_id IN (
      SELECT a.amendment_id FROM assay_amendment AS a JOIN assay_operation AS o USING (operation_id)
      WHERE o.undone_by IS NOT NULL AND ${isReplayed});
    INSERT INTO assay_applied (from_run, amendment_id, status)
    SELECT ${runId}, a.amendment_id, 'applied' FROM assay_amendment AS a JOIN assay_operation AS o USING (operation_id)
    WHERE o.undone_by IS NULL AND ${isReplayed}
      AND NOT EXISTS (SELECT 1 FROM assay_applied AS p WHERE p.amendment_id = a.amendment_id AND p.to_run IS NULL)
    ORDER BY a.amendment_id;
    DROP TABLE temp.replayed`)
}

/** Notes how corrections stand against what was just delivered. Inside the caller's transaction. */
export function recordNews(connection: Connection, runId: number): void {
  connection.exec(`
    DROP TABLE IF EXISTS temp.heard;
    CREATE TABLE temp.heard AS SELECT p.version, n.* FROM temp.landing_news AS n
    CROSS JOIN assay_applied AS p ON p.amendment_id = n.amendment_id AND p.to_run IS NULL
    WHERE (p.status, p.delivered_value) IS NOT (n.status, n.delivered_value);
    UPDATE assay_applied SET to_run = ${runId} WHERE version IN (SELECT version FROM temp.heard);
    INSERT INTO assay_applied (from_run, amendment_id, status, delivered_value)
    SELECT ${runId}, amendment_id, status, delivered_value FROM temp.heard ORDER BY amendment_id;
    DROP TABLE temp.heard`)
}

/** The amendments of a run that replays some records only: for these what is in force, for the others what counted before. */
export function amendmentsForReplay(
  before: ReadonlyMap<string, Amendments>,
  inForce: ReadonlyMap<string, Amendments>,
  identities: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, Amendments> {
  const sources = new Set([...before.keys(), ...inForce.keys()])
  return new Map(
    [...sources].map((source) => {
      const replayed = identities.get(source) ?? new Set<string>()
      const kept = [...(before.get(source) ?? [])].filter(([identity]) => !replayed.has(identity))
      const taken = [...(inForce.get(source) ?? [])].filter(([identity]) => replayed.has(identity))
      return [source, new Map([...kept, ...taken])]
    }),
  )
}
