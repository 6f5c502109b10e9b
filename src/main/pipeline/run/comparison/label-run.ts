import { AppError } from '../../../kernel/app-error.ts'
import { now } from '../../../kernel/clock.ts'
import { inTransaction, type Connection } from '../../../store/database.ts'
import { keyOfText, keyText, type MetricKey } from './metric-key.ts'
import type { RunLabel } from './read-labels.ts'

/** What a person says of a run, or of one metric of it. */
export interface LabelInput {
  readonly run_id: number
  readonly key: MetricKey | null
  /** Null takes the label off. */
  readonly label: RunLabel | null
  readonly reason: string
}

/** Keeps a label: from now on baselines learn accordingly. */
export function labelRun(connection: Connection, { run_id: run, key, label, reason }: LabelInput, who: string): void {
  inTransaction(connection, () => {
    if (connection.prepare('SELECT 1 FROM assay_run WHERE run_id = ?').get(run) === undefined)
      throw new AppError('NOT_FOUND', `There is no run ${run}.`, { saved: 'No label was given.' })
    connection
      .prepare('INSERT INTO assay_run_label (run_id, metric, label, reason, who, at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(run, key === null ? null : keyText(key), label, reason, who, now())
  })
}

export interface GivenLabel {
  readonly run_id: number
  readonly key: MetricKey | null
  readonly label: RunLabel
  readonly reason: string
  readonly who: string
  readonly at: string
}

/** The labels in force, newest first. */
export function listLabels(connection: Connection): GivenLabel[] {
  const rows = connection
    .prepare(
      `SELECT run_id, metric, label, reason, who, at FROM assay_run_label
      WHERE label_id IN (SELECT max(label_id) FROM assay_run_label GROUP BY run_id, metric) AND label IS NOT NULL ORDER BY label_id DESC`,
    )
    .all() as { run_id: number; metric: string | null; label: RunLabel; reason: string; who: string; at: number }[]
  return rows.map(({ metric, at, ...row }) => ({
    ...row,
    key: metric === null ? null : keyOfText(metric),
    at: new Date(at).toISOString(),
  }))
}
