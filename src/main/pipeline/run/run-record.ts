import { now } from '../../kernel/clock.ts'
import type { ErrorReport } from '../../kernel/app-error.ts'
import { formatters } from '../../kernel/format-value.ts'
import type { LogLevel } from '../../kernel/log.ts'
import { inTransaction, type Connection } from '../../store/database.ts'
import type { CheckOutcome } from '../check/run-checks.ts'
import type { Book } from '../staging/stage-source.ts'
import type { FileFacts } from '../staging/reading-task.ts'
import { requestText, type RunRequest } from './run-request.ts'
import type { RunStatus } from './run-progress.ts'

/** The run that readers and exports see; 0 where nothing was published yet. */
export function publishedRunOf(connection: Connection): number {
  return Number(connection.prepare('SELECT run_id FROM assay_published').pluck().get() ?? 0)
}

/** A setting of the workspace, or null. */
export function readSetting(connection: Connection, name: string): string | number | null {
  return (connection.prepare('SELECT value FROM assay_setting WHERE name = ?').pluck().get(name) ?? null) as
    string | number | null
}

/** Keeps a setting of the workspace. */
export function writeSetting(connection: Connection, name: string, value: string | number): void {
  connection.prepare('INSERT OR REPLACE INTO assay_setting VALUES (?, ?)').run(name, value)
}

/** Opens the record of a run; returns its number. */
export function beginRun(connection: Connection, request: RunRequest, asOf: number): number {
  return inTransaction(connection, () => {
    if (request.kind === 'feeds' && request.inputFolder !== '') {
      writeSetting(connection, 'input', request.inputFolder)
      writeSetting(connection, 'as_of', formatters.date(asOf))
    }
    const { lastInsertRowid } = connection
      .prepare(
        `INSERT INTO assay_run (status, kind, as_of, input, started_by, started_at, request, built_on)
        VALUES ('running', ?, ?, ?, ?, ?, ?, coalesce((SELECT run_id FROM assay_published), 0))`,
      )
      .run(request.kind, asOf, request.inputFolder, request.startedBy, now(), requestText(request))
    return Number(lastInsertRowid)
  })
}

/** Notes up to which operation a run knows what people decided. In the transaction in which it reads that. */
export function noteLastOperation(connection: Connection, runId: number): void {
  connection
    .prepare(
      'UPDATE assay_run SET last_operation = (SELECT coalesce(max(operation_id), 0) FROM assay_operation) WHERE run_id = ?',
    )
    .run(runId)
}

/** Closes the record of a run that is still open. */
export function closeRun(connection: Connection, runId: number, status: RunStatus, error: ErrorReport | null): void {
  connection
    .prepare("UPDATE assay_run SET status = ?, finished_at = ?, error = ? WHERE run_id = ? AND status = 'running'")
    .run(status, now(), error === null ? null : JSON.stringify(error), runId)
}

/** Notes that all models of a run are built and checked: should a check block it, a person may still publish it. */
export function noteBuilt(connection: Connection, runId: number, nextArrival: number): void {
  connection.prepare('UPDATE assay_run SET next_arrival = ? WHERE run_id = ?').run(nextArrival, runId)
}

/** Publishes a run: from this one transaction on, readers and exports see it, whole, and what `finish` does beside. */
export function publishRun(connection: Connection, runId: number, nextArrival: number, finish: () => void): void {
  inTransaction(connection, () => {
    const who = connection.prepare('SELECT started_by FROM assay_run WHERE run_id = ?').pluck().get(runId) as string
    showToReaders(connection, runId, { kind: 'publish', who, reason: '' })
    writeSetting(connection, 'next_arrival', nextArrival)
    finish()
    closeRun(connection, runId, 'published', null)
  })
}

/** Why readers are given a run: it passed its checks, a person lets it through, or they go back or forth to it. */
export interface Publication {
  readonly kind: 'publish' | 'release' | 'rollback'
  readonly who: string
  readonly reason: string
}

/** Gives readers and exports a run from now on, and notes it. Inside the caller's transaction. */
export function showToReaders(connection: Connection, runId: number, { kind, who, reason }: Publication): void {
  const before = publishedRunOf(connection)
  connection.prepare('INSERT OR REPLACE INTO assay_published VALUES (1, ?)').run(runId)
  connection
    .prepare(
      'INSERT INTO assay_publication (at, who, kind, reason, run_id, previous_run) VALUES (?, ?, ?, ?, ?, nullif(?, 0))',
    )
    .run(now(), who, kind, reason, runId, before)
}

export function recordLog(connection: Connection, runId: number, level: LogLevel, message: string): void {
  connection.prepare('INSERT INTO assay_run_log VALUES (?, ?, ?, ?)').run(runId, now(), level, message)
}

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
      `INSERT INTO assay_run_source VALUES (:runId, :source, :rows_read, :released, :withdrawn, :inserted, :updated, :unchanged, :superseded, :quarantined, :highWaterMark)`,
    )
    .run({ runId, source, ...book, highWaterMark })
}

/** The rows of a source's book, as progress counts them. */
export function bookRowsOf(
  connection: Connection,
  runId: number,
  source: string,
): { rows_read: number; rows_quarantined: number } {
  return connection
    .prepare('SELECT rows_read, quarantined AS rows_quarantined FROM assay_run_source WHERE run_id = ? AND source = ?')
    .get(runId, source) as { rows_read: number; rows_quarantined: number }
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

export interface ModelRecord {
  readonly model: string
  readonly rows: number
  readonly previousRows: number | null
  readonly seconds: number
  readonly fingerprint: string
}

export function recordModel(connection: Connection, runId: number, position: number, record: ModelRecord): void {
  connection
    .prepare('INSERT INTO assay_run_model VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(runId, position, record.model, record.rows, record.previousRows, record.seconds, record.fingerprint)
}

/** Rows and fingerprint of a model in a run; undefined where the run did not have it. */
export function modelRecordOf(
  connection: Connection,
  runId: number,
  model: string,
): { rows: number; seconds: number; fingerprint: string } | undefined {
  return connection
    .prepare('SELECT rows, seconds, fingerprint FROM assay_run_model WHERE run_id = ? AND model = ?')
    .get(runId, model) as { rows: number; seconds: number; fingerprint: string } | undefined
}

export function recordCheck(connection: Connection, runId: number, position: number, outcome: CheckOutcome): void {
  const { name, model, column, severity, isBlocking, test } = outcome.check
  connection
    .prepare(
      `INSERT INTO assay_run_check
      (run_id, position, name, model, column_name, severity, status, failures, blocking, kind, measured, expected)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      runId,
      position,
      name,
      model,
      column,
      severity,
      outcome.status,
      outcome.failures,
      isBlocking ? 1 : 0,
      test.kind,
      outcome.measured,
      outcome.expected,
    )
}

/** Takes over the results of a model's checks from an earlier run, for a model that nothing has changed for. */
export function repeatChecks(
  connection: Connection,
  fromRun: number,
  runId: number,
  model: string,
  firstPosition: number,
): number {
  const { changes } = connection
    .prepare(
      `INSERT INTO assay_run_check
      (run_id, position, name, model, column_name, severity, status, failures, blocking, kind, measured, expected)
      SELECT ?, ? + row_number() OVER (ORDER BY position) - 1, name, model, column_name, severity, status, failures, blocking,
        kind, measured, expected
      FROM assay_run_check WHERE run_id = ? AND model = ?`,
    )
    .run(runId, firstPosition, fromRun, model)
  connection
    .prepare(
      `INSERT INTO assay_check_failure SELECT ?, f.name, f.row FROM assay_check_failure AS f
      JOIN assay_run_check AS c ON c.run_id = f.run_id AND c.name = f.name WHERE f.run_id = ? AND c.model = ?`,
    )
    .run(runId, fromRun, model)
  return changes
}

/** How many blocking checks of a run failed that block all of it. */
export function countBlocking(connection: Connection, runId: number): number {
  return Number(
    connection
      .prepare(
        `SELECT count(*) FROM assay_run_check AS c WHERE run_id = ? AND status = 'fail' AND blocking AND NOT EXISTS (
          SELECT 1 FROM assay_run_blocked AS b WHERE b.run_id = c.run_id AND b.check_name = c.name)`,
      )
      .pluck()
      .get(runId),
  )
}

export function recordExport(connection: Connection, runId: number, path: string): void {
  connection.prepare('INSERT OR IGNORE INTO assay_run_export VALUES (?, ?)').run(runId, path)
}
