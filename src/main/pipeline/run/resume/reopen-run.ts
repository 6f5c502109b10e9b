import { now } from '../../../kernel/clock.ts'
import type { Connection } from '../../../store/database.ts'
import { requestText, type RunRequest } from '../run-request.ts'

/** Opens the record of a broken-off run again, which is gone on with. Inside the caller's transaction. */
export function reopenRun(connection: Connection, runId: number, request: RunRequest): void {
  connection
    .prepare(
      `UPDATE assay_run SET status = 'running', finished_at = NULL, error = NULL, next_arrival = NULL, resumed_at = ?, input = ?,
        request = ? WHERE run_id = ?`,
    )
    .run(now(), request.inputFolder, requestText(request), runId)
}

/** Notes what became of going on with a broken-off run. */
export function noteResumption(connection: Connection, runId: number, words: string): void {
  connection.prepare('UPDATE assay_run SET resumption = ? WHERE run_id = ?').run(words, runId)
}
