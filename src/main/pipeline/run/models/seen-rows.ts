import { heldStateOf } from '../../model/held-rows.ts'
import type { ModelsContext } from './models-context.ts'

/**
 * The records of models as readers count: without what a run holds back, beside what they saw in the run that it was built on. As a table
 * of `run_id`, `position`, `model`, `rows`, `previous_rows` and `seconds`.
 */
export const seenModels = `(
  SELECT m.run_id, m.position, m.model, coalesce(m.seen_rows, m.rows) AS rows, coalesce(b.seen_rows, m.previous_rows) AS previous_rows, m.seconds
  FROM assay_run_model AS m JOIN assay_run AS r USING (run_id)
  LEFT JOIN assay_run_model AS b ON b.run_id = r.built_on AND b.model = m.model)`

/** Counts what readers see of each model of a run that holds parts back. A run that was resumed may hold none any more. */
export function countSeen({ connection, runId, project, compiler }: ModelsContext): void {
  connection.prepare('UPDATE assay_run_model SET seen_rows = NULL WHERE run_id = ?').run(runId)
  const state = heldStateOf(connection, project, runId)
  if (state.held === undefined) return
  const reading = compiler.narrowed(state)
  const note = connection.prepare('UPDATE assay_run_model SET seen_rows = ? WHERE run_id = ? AND model = ?')
  for (const name of project.models.keys()) {
    const count = connection.prepare(`SELECT count(*) FROM ${reading.relation(name)}`).pluck()
    note.run(count.get(), runId, name)
  }
}
