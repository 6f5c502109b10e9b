import type { Workbench } from '../../../pipeline/run/open-workbench.ts'

/** Not so many rows that reading all of them takes long. */
const fewRows = 300_000

/** How a run built a model; `inputs` and `plan` are JSON. */
export interface RecordedBuild {
  readonly run_id: number
  readonly scope: 'whole' | 'part'
  readonly seconds: number
  readonly rows: number | null
  readonly inputs: string
  readonly plan: string
}

/** The latest build of a model that is recorded and fulfils a condition on its run `r` and its profile `p`. */
export function recordedBuild({ connection }: Workbench, model: string, condition: string): RecordedBuild | undefined {
  return connection
    .prepare(
      `SELECT run_id, p.scope, p.seconds, p.inputs, p.plan, (SELECT rows FROM assay_run_model AS m WHERE m.run_id = p.run_id AND m.model = p.model) AS rows
      FROM assay_run_profile AS p JOIN assay_run AS r USING (run_id) WHERE p.model = ? AND ${condition} ORDER BY run_id DESC LIMIT 1`,
    )
    .get(model) as RecordedBuild | undefined
}

/** The rows of what a model read, by its name. */
export function rowsByName(build: RecordedBuild | undefined): ReadonlyMap<string, number> {
  return new Map(Object.entries(build === undefined ? {} : (JSON.parse(build.inputs) as Record<string, number>)))
}

/** Whether it is known that a build read few rows. */
export function readsFewRows(build: RecordedBuild | undefined): boolean {
  const rows = [...rowsByName(build).values()]
  return rows.length > 0 && rows.reduce((sum, one) => sum + one, 0) <= fewRows
}
