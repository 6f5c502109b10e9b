import type { ErrorReport } from '../../../kernel/app-error.ts'
import { now } from '../../../kernel/clock.ts'
import { formatters } from '../../../kernel/format-value.ts'
import type { LogLevel } from '../../../kernel/log.ts'
import { inTransaction, type Connection } from '../../../store/database.ts'
import { writeSetting } from '../../../store/workspace-setting.ts'
import type { RunStatus } from '../../../kernel/run-status.ts'
import { requestText, type RunRequest } from '../run-request.ts'

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

/** Notes that all models of a run are built and checked: should a check block it, a person may still publish it. */
export function noteBuilt(connection: Connection, runId: number, nextArrival: number): void {
  connection.prepare('UPDATE assay_run SET next_arrival = ? WHERE run_id = ?').run(nextArrival, runId)
}

/** Closes the record of a run that is still open. */
export function closeRun(connection: Connection, runId: number, status: RunStatus, error: ErrorReport | null): void {
  connection
    .prepare("UPDATE assay_run SET status = ?, finished_at = ?, error = ? WHERE run_id = ? AND status = 'running'")
    .run(status, now(), error === null ? null : JSON.stringify(error), runId)
}

export function recordLog(connection: Connection, runId: number, level: LogLevel, message: string): void {
  connection.prepare('INSERT INTO assay_run_log VALUES (?, ?, ?, ?)').run(runId, now(), level, message)
}

export function recordExport(connection: Connection, runId: number, path: string): void {
  connection.prepare('INSERT OR IGNORE INTO assay_run_export VALUES (?, ?)').run(runId, path)
}
