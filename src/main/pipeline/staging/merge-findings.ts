import { quoteName, type Connection } from '../../store/database.ts'
import type { StagedTable } from './staged-table.ts'

/**
 * Brings the landed findings and quarantined rows into the workspace, after the rows were merged: warnings of rows that were staged,
 * and rows held back that are not there yet. A row that is delivered again just as it was is only noted as seen. Inside the caller's
 * transaction; returns how many rows were held back, seen again included.
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
  const insertFindings = `
    INSERT INTO assay_finding (from_run, arrival, position, source, row_id, is_quarantined, field, rule, severity, message, raw_value)
    SELECT :run, arrival, position, :source, row_id, is_quarantined, field, rule, severity, message, raw_value FROM temp.landing_finding`
  connection
    .prepare(
      `${insertFindings} WHERE is_quarantined = 0 AND arrival IN (SELECT arrival FROM ${target} WHERE version >= :first AND to_run IS NULL)`,
    )
    .run({ run: runId, source, first })
  // The order of the join is ours: the planner knows nothing of how few rows have landed.
  connection.exec(`
    DROP TABLE IF EXISTS temp.seen_again;
    CREATE TABLE temp.seen_again (arrival INTEGER PRIMARY KEY, known INTEGER);
    DROP TABLE IF EXISTS temp.held;
    CREATE TABLE temp.held (arrival INTEGER PRIMARY KEY)`)
  connection
    .prepare(
      `INSERT OR IGNORE INTO temp.seen_again SELECT l.arrival, q.arrival FROM temp.landing_quarantine AS l
      CROSS JOIN assay_quarantine AS q INDEXED BY assay_quarantine_by_place
        ON q.to_run IS NULL AND q.source = :source AND q.file = l.file AND q.line = l.line AND q.raw = l.raw`,
    )
    .run({ source })
  connection.prepare('INSERT OR IGNORE INTO assay_sighting SELECT ?, known FROM temp.seen_again').run(runId)
  connection.exec(
    'INSERT INTO temp.held SELECT arrival FROM temp.landing_quarantine EXCEPT SELECT arrival FROM temp.seen_again',
  )
  connection
    .prepare(
      `INSERT INTO assay_quarantine (from_run, arrival, source, file, line, byte_offset, encoding, raw, cells, first_run)
      SELECT :run, arrival, :source, file, line, byte_offset, encoding, raw, cells, :run FROM temp.landing_quarantine JOIN temp.held USING (arrival)`,
    )
    .run({ run: runId, source })
  connection
    .prepare(`${insertFindings} JOIN temp.held USING (arrival) WHERE is_quarantined = 1`)
    .run({ run: runId, source })
  const quarantined = Number(connection.prepare('SELECT count(*) FROM temp.landing_quarantine').pluck().get())
  connection.exec('DROP TABLE temp.held; DROP TABLE temp.seen_again')
  return quarantined
}
