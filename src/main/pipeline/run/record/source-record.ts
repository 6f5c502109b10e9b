import type { Connection } from '../../../store/database.ts'
import type { FileFacts } from '../../staging/reading-task.ts'
import type { Book } from '../../staging/stage-source.ts'

/** Records the book of a source; the table refuses one that does not balance. */
export function recordBook(
  connection: Connection,
  runId: number,
  source: string,
  book: Book,
  highWaterMark: number | null,
): void {
  connection
    .prepare(
      `INSERT INTO assay_run_source
      (run_id, source, rows_read, released, withdrawn, inserted, updated, unchanged, superseded, quarantined, high_water_mark)
      VALUES (:runId, :source, :rows_read, :released, :withdrawn, :inserted, :updated, :unchanged, :superseded, :quarantined, :highWaterMark)`,
    )
    .run({ runId, source, ...book, highWaterMark })
}

/** Notes how long it took to read and stage a source that has a book. */
export function noteSourceTime(connection: Connection, runId: number, source: string, seconds: number): void {
  connection
    .prepare('UPDATE assay_run_source SET seconds = ? WHERE run_id = ? AND source = ?')
    .run(seconds, runId, source)
}

/** The rows of a source's book and its time, as progress counts them. */
export function bookRowsOf(
  connection: Connection,
  runId: number,
  source: string,
): { rows_read: number; rows_quarantined: number; seconds: number | null } {
  return connection
    .prepare(
      'SELECT rows_read, quarantined AS rows_quarantined, seconds FROM assay_run_source WHERE run_id = ? AND source = ?',
    )
    .get(runId, source) as { rows_read: number; rows_quarantined: number; seconds: number | null }
}

/** The greatest recency that a source had staged up to a run, in milliseconds; null where there is none. */
export function highWaterMarkOf(connection: Connection, runId: number, source: string): number | null {
  return (connection
    .prepare('SELECT high_water_mark FROM assay_run_source WHERE run_id = ? AND source = ?')
    .pluck()
    .get(runId, source) ?? null) as number | null
}

export function recordFile(
  connection: Connection,
  runId: number,
  source: string,
  facts: FileFacts,
  rowsRead: number,
  rowsQuarantined: number,
): void {
  connection
    .prepare('INSERT INTO assay_run_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, 0)')
    .run(
      runId,
      facts.file,
      source,
      facts.bytes,
      facts.sha256,
      rowsRead,
      rowsQuarantined,
      facts.encoding,
      facts.format,
      JSON.stringify(facts.warnings),
      facts.firstArrival,
    )
}

export function recordRejectedFile(
  connection: Connection,
  runId: number,
  source: string,
  file: string,
  bytes: number,
  reason: string,
): void {
  connection
    .prepare("INSERT INTO assay_run_file VALUES (?, ?, ?, ?, NULL, 0, 0, '', '', '[]', ?, NULL, 0)")
    .run(runId, file, source, bytes, reason)
}
