import type { CheckStatus } from '../../kernel/check-status.ts'
import type { Connection } from '../../store/database.ts'

export type GuardKind = 'fan_out' | 'growth' | 'seconds' | 'rows_read' | 'time_limit' | 'unit_test'

/** What a guard says of a model in a run. */
export interface GuardVerdict {
  readonly model: string
  readonly guard: GuardKind
  readonly status: CheckStatus
  readonly value: number
  /** Between what the value should have been; null where it is open. */
  readonly low: number | null
  readonly high: number | null
  readonly message: string
}

/** Records what a guard says. */
export function recordGuard(connection: Connection, runId: number, verdict: GuardVerdict): void {
  const { model, guard, status, value, low, high, message } = verdict
  connection
    .prepare('INSERT OR REPLACE INTO assay_run_guard VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(runId, model, guard, status, value, low, high, message)
}

/** What the guards of a run say, the worst first. */
export function readGuards(connection: Connection, runId: number): readonly GuardVerdict[] {
  return connection
    .prepare(
      `SELECT model, guard, status, value, low, high, message FROM assay_run_guard WHERE run_id = ?
      ORDER BY CASE status WHEN 'fail' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, model, guard`,
    )
    .all(runId) as GuardVerdict[]
}
