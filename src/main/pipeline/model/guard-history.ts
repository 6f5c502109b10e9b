import type { Connection } from '../../store/database.ts'

/** Runs that a guard learns from, at the most. */
const longest = 30

/** How a model went in one good run. */
export interface PastBuild {
  readonly seconds: number
  readonly rowsRead: number
}

const isGood = "r.status = 'published' AND NOT r.is_undone"

/** How a model was built in the latest published runs that built it in the same scope, newest first. */
export function pastBuilds(connection: Connection, model: string, scope: 'whole' | 'part'): readonly PastBuild[] {
  return connection
    .prepare(
      `SELECT p.seconds, (SELECT coalesce(sum(value), 0) FROM json_each(p.inputs)) AS rowsRead
      FROM assay_run_profile AS p JOIN assay_run AS r USING (run_id)
      WHERE p.model = ? AND p.scope = ? AND ${isGood} ORDER BY run_id DESC LIMIT ${longest}`,
    )
    .all(model, scope) as PastBuild[]
}

/** How many rows a model had for each row of its largest input, in the latest published runs that built it, newest first. */
export function pastRatios(connection: Connection, model: string): readonly number[] {
  return connection
    .prepare(
      `SELECT CAST(m.rows AS REAL) / max(1, (SELECT coalesce(max(value), 1) FROM json_each(p.inputs))) FROM assay_run_profile AS p
      JOIN assay_run_model AS m USING (run_id, model) JOIN assay_run AS r USING (run_id)
      WHERE model = ? AND ${isGood} ORDER BY run_id DESC LIMIT ${longest}`,
    )
    .pluck()
    .all(model) as number[]
}

/** How many rows a model had in the latest published runs, newest first. */
export function pastRows(connection: Connection, model: string): readonly number[] {
  return connection
    .prepare(
      `SELECT m.rows FROM assay_run_model AS m JOIN assay_run AS r USING (run_id)
      WHERE m.model = ? AND ${isGood} ORDER BY run_id DESC LIMIT ${longest}`,
    )
    .pluck()
    .all(model) as number[]
}
