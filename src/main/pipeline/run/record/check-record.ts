import type { Connection } from '../../../store/database.ts'
import type { CheckOutcome } from '../../check/run-checks.ts'

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
