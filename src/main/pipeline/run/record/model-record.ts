import type { Connection } from '../../../store/database.ts'

export interface ModelRecord {
  readonly model: string
  readonly rows: number
  readonly previousRows: number | null
  readonly seconds: number
  readonly fingerprint: string
}

export function recordModel(connection: Connection, runId: number, position: number, record: ModelRecord): void {
  connection
    .prepare(
      `INSERT INTO assay_run_model (run_id, position, model, rows, previous_rows, seconds, fingerprint)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
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
