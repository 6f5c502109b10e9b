import { quoteName, type Connection } from '../../../store/database.ts'
import type { SourceContract } from '../../contract/source-contract.ts'
import { stagedTableOf } from '../../staging/staged-table.ts'
import type { Book } from '../../staging/stage-source.ts'
import type { SkippedFile } from './known-files.ts'

/** The rows of the known files of a source, and how many of them are held back now. */
export interface KnownRows {
  readonly rows: number
  readonly quarantined: number
}

/**
 * Records known files as files of the run, and their records that are held back as seen in it. Called once the source is staged, when
 * it is certain which are held back.
 */
export function noteKnownFiles(
  connection: Connection,
  runId: number,
  source: string,
  files: readonly SkippedFile[],
): KnownRows {
  const recordsOf = connection.prepare(
    `WITH range AS (
      SELECT first_arrival, first_arrival + rows_read AS after_last FROM assay_run_file
      WHERE source = :source AND file = :file AND sha256 = :sha256 AND run_id <= :run_id AND first_arrival IS NOT NULL
        -- Arrival numbers of other runs may be used again for other records.
        AND run_id IN (SELECT run_id FROM assay_run WHERE status = 'published' AND NOT is_undone)
    )
    SELECT r.arrival FROM range CROSS JOIN assay_record AS r ON r.arrival >= first_arrival AND r.arrival < after_last WHERE r.source = :source
    UNION
    SELECT g.arrival FROM range CROSS JOIN assay_sighting AS g ON g.seen_as >= first_arrival AND g.seen_as < after_last`,
  )
  const countHeld = connection.prepare(
    `SELECT count(*) FROM json_each(?) AS j CROSS JOIN assay_quarantine AS q ON q.arrival = j.value AND q.to_run IS NULL
    WHERE q.state IN ('open', 'discarded')`,
  )
  const noteSeen = connection.prepare(
    'INSERT OR IGNORE INTO assay_sighting (run_id, arrival) SELECT ?, value FROM json_each(?)',
  )
  const addFile = connection.prepare(
    `INSERT INTO assay_run_file (run_id, file, source, bytes, sha256, rows_read, rows_quarantined, encoding, format, warnings, is_known)
    SELECT ?, ?, source, bytes, sha256, rows_read, ?, encoding, format, warnings, 1 FROM assay_run_file WHERE run_id = ? AND file = ?`,
  )
  let rows = 0
  let quarantined = 0
  for (const { file, name, sha256, run_id, rows_read } of files) {
    const records = JSON.stringify(recordsOf.pluck().all({ source, file, sha256, run_id }))
    const held = Number(countHeld.pluck().get(records))
    noteSeen.run(runId, records)
    addFile.run(runId, name, held, run_id, file)
    rows += rows_read
    quarantined += held
  }
  return { rows, quarantined }
}

/** The book of a source with the rows of its known files: they change nothing, and only one row of a key is the staged one. */
export function addKnownRows(
  connection: Connection,
  contract: SourceContract,
  book: Book,
  { rows, quarantined }: KnownRows,
): Book {
  if (rows === 0) return book
  const { name } = stagedTableOf(contract).table
  const staged = Number(
    connection
      .prepare(`SELECT count(*) FROM ${quoteName(name)} WHERE to_run IS NULL`)
      .pluck()
      .get(),
  )
  const before = book.rows_read === 0 ? staged : staged - book.inserted
  const unchanged = Math.max(0, Math.min(rows - quarantined, before))
  return {
    ...book,
    rows_read: book.rows_read + rows,
    unchanged: book.unchanged + unchanged,
    superseded: book.superseded + rows - quarantined - unchanged,
    quarantined: book.quarantined + quarantined,
  }
}
