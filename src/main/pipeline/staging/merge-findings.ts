import { quoteName, type Connection } from '../../store/database.ts'
import type { StagedTable } from './staged-table.ts'

/**
 * Brings the landed findings and records into the workspace, after the rows were merged: warnings of rows that were staged, and the
 * records that are kept. A record that is delivered again just as it was is only noted as seen. Inside the caller's transaction;
 * returns how many records were held back or left out, seen again included.
 */
export function mergeFindings(connection: Connection, staged: StagedTable, source: string, runId: number): number {
  const target = quoteName(staged.table.name)
  const first = Number(
    connection
      .prepare('SELECT first_version FROM assay_run_table WHERE run_id = ? AND table_name = ?')
      .pluck()
      .get(runId, staged.table.name),
  )
  connection
    .prepare(
      `UPDATE assay_finding SET to_run = :run WHERE to_run IS NULL AND is_quarantined = 0 AND arrival IN (
        SELECT arrival FROM ${target} WHERE to_run = :run
        EXCEPT SELECT arrival FROM ${target} WHERE version >= :first AND to_run IS NULL)`,
    )
    .run({ run: runId, first })
  connection
    .prepare(
      `${insertFindings('temp.landing_finding')} WHERE is_quarantined = 0 AND arrival IN (SELECT arrival FROM ${target} WHERE version >= :first AND to_run IS NULL)`,
    )
    .run({ run: runId, source, first })
  noteSeenAgain(connection, source, runId)
  keepRecords(connection, source, runId)
  connection
    .prepare(`${insertFindings('temp.landing_finding')} JOIN temp.kept USING (arrival) WHERE is_quarantined = 1`)
    .run({ run: runId, source })
  connection.exec('DROP TABLE temp.kept; DROP TABLE temp.seen_again')
  return Number(
    connection.prepare("SELECT count(*) FROM temp.landing_record WHERE state IN ('open', 'discarded')").pluck().get(),
  )
}

/** An INSERT of findings of run `:run` for the source `:source` from a table of their form. */
export function insertFindings(from: string): string {
  return `
    INSERT INTO assay_finding (from_run, arrival, position, source, row_id, is_quarantined, field, rule, severity, message, raw_value)
    SELECT :run, arrival, position, :source, row_id, is_quarantined, field, rule, severity, message, raw_value FROM ${from}`
}

/** Finds the landed records that are known, place and text, and notes them as seen. */
function noteSeenAgain(connection: Connection, source: string, runId: number): void {
  // The order of the join is ours: the planner knows nothing of how few records have landed.
  connection.exec(`
    DROP TABLE IF EXISTS temp.seen_again;
    CREATE TABLE temp.seen_again (arrival INTEGER PRIMARY KEY, known INTEGER)`)
  connection
    .prepare(
      `INSERT INTO temp.seen_again SELECT l.arrival, min(r.arrival) FROM temp.landing_record AS l
      CROSS JOIN assay_record AS r INDEXED BY assay_record_by_place
        ON r.source = :source AND r.file = l.file AND r.line = l.line AND r.raw = l.raw GROUP BY l.arrival`,
    )
    .run({ source })
  connection.prepare('INSERT OR IGNORE INTO assay_sighting SELECT ?, known, arrival FROM temp.seen_again').run(runId)
}

/** Keeps the landed records that are not known yet. */
function keepRecords(connection: Connection, source: string, runId: number): void {
  connection.exec(`
    DROP TABLE IF EXISTS temp.kept;
    CREATE TABLE temp.kept (arrival INTEGER PRIMARY KEY);
    INSERT INTO temp.kept SELECT arrival FROM temp.landing_record EXCEPT SELECT arrival FROM temp.seen_again`)
  connection
    .prepare(
      `INSERT INTO assay_record (from_run, arrival, source, identity, file, line, byte_offset, encoding, company, raw, cells, header)
      SELECT :run, arrival, :source, identity, file, line, byte_offset, encoding, company, raw, cells, header FROM temp.landing_record JOIN temp.kept USING (arrival)`,
    )
    .run({ run: runId, source })
  connection
    .prepare(
      `INSERT INTO assay_quarantine (from_run, arrival, state, source, file, line, company, first_run)
      SELECT :run, arrival, state, :source, file, line, company, :run FROM temp.landing_record JOIN temp.kept USING (arrival)`,
    )
    .run({ run: runId, source })
}
