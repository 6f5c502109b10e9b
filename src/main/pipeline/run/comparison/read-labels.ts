import type { Connection } from '../../../store/database.ts'
import { keyText, type MetricKey } from './metric-key.ts'

/** incident: it was wrong; expected: unusual, but right this once; new_level: right from now on; clean: as usual, to be learned from. */
export type RunLabel = 'incident' | 'expected' | 'new_level' | 'clean'

/** What people said of runs and of single metrics of them; what they said of the metric itself counts first. */
export interface RunLabels {
  of(run: number, key: MetricKey | null): RunLabel | null
  /** Grows with every word that is said. */
  readonly version: number
}

/** The labels in force. */
export function readLabels(connection: Connection): RunLabels {
  const rows = connection
    .prepare('SELECT label_id, run_id, metric, label FROM assay_run_label ORDER BY label_id')
    .all() as { label_id: number; run_id: number; metric: string | null; label: RunLabel | null }[]
  const byPlace = new Map(rows.map(({ run_id: run, metric, label }) => [`${run} ${metric ?? ''}`, label]))
  return {
    of: (run, key) => (key === null ? null : byPlace.get(`${run} ${keyText(key)}`)) ?? byPlace.get(`${run} `) ?? null,
    version: rows.at(-1)?.label_id ?? 0,
  }
}
