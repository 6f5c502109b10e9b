import type { OutputOf } from '#protocol/method'
import { describeLimits } from '../../pipeline/check/threshold.ts'
import { readHeld } from '../../pipeline/run/models/read-held.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import type { Check, checksMethods, LaterRun, PastResult } from './protocol.ts'

const rememberedRuns = 30

/** The runs that came to their checks. */
const checkedRuns = `(SELECT run_id FROM assay_run AS r WHERE kind <> 'preview'
  AND EXISTS (SELECT 1 FROM assay_run_check AS c WHERE c.run_id = r.run_id))`

interface CheckRow extends Omit<Check, 'blocking' | 'per' | 'threshold' | 'history'> {
  readonly blocking: number
}

/** The checks of a run with how they went before it, and the parts that it held back. */
export function listChecks(workbench: Workbench, runId: number): OutputOf<typeof checksMethods.list> {
  const { connection, project } = workbench
  const declared = new Map([...project.models.values()].flatMap(({ checks }) => checks.map((one) => [one.name, one])))
  const rows = connection
    .prepare(
      `SELECT c.name, c.model, c.column_name AS "column", c.kind, c.severity, c.status, c.failures, m.rows, c.blocking, c.measured, c.expected
      FROM assay_run_check AS c LEFT JOIN assay_run_model AS m ON m.run_id = c.run_id AND m.model = c.model
      WHERE c.run_id = ? ORDER BY c.position`,
    )
    .all(runId) as CheckRow[]
  const history = readHistory(workbench)
  const checks = rows.map((row): Check => {
    const check = declared.get(row.name)
    return {
      ...row,
      blocking: row.blocking === 1,
      per: check?.per ?? null,
      threshold: check === undefined ? '' : describeLimits(check),
      history: history.get(row.name) ?? [],
    }
  })
  const latest = connection.prepare(`SELECT run_id FROM ${checkedRuns} ORDER BY run_id DESC LIMIT 1`).pluck().get()
  return {
    run_id: runId === 0 ? null : runId,
    latest_run_id: (latest ?? null) as number | null,
    later: readLater(workbench),
    declared: declared.size,
    checks,
    held: readHeld(connection, runId),
  }
}

/** How the checks went in the latest runs that got so far, published or not, by name, oldest first. */
function readHistory({ connection }: Workbench): Map<string, PastResult[]> {
  const results = connection
    .prepare(
      `SELECT c.name, c.run_id, c.status, c.failures, r.status AS run_status FROM assay_run_check AS c JOIN assay_run AS r USING (run_id)
      WHERE c.run_id IN (SELECT run_id FROM ${checkedRuns} ORDER BY run_id DESC LIMIT ?) ORDER BY c.run_id`,
    )
    .all(rememberedRuns) as (PastResult & { name: string })[]
  const byName = new Map<string, PastResult[]>()
  for (const { name, ...result } of results) byName.set(name, [...(byName.get(name) ?? []), result])
  return byName
}

/** The latest run, if it came after the published one: it was stopped, or readers were taken back from it. */
function readLater({ connection, publishedRun }: Workbench): LaterRun | null {
  const row = connection
    .prepare(
      `SELECT run_id, status, error, (SELECT count(*) FROM assay_run_check AS c WHERE c.run_id = r.run_id) AS checks,
        (SELECT count(*) FROM assay_run_check AS c WHERE c.run_id = r.run_id AND c.status = 'fail') AS failed
      FROM assay_run AS r WHERE kind <> 'preview' AND status IN ('published', 'blocked', 'failed') AND run_id > ?
      ORDER BY run_id DESC LIMIT 1`,
    )
    .get(publishedRun()) as (Omit<LaterRun, 'message'> & { error: string | null }) | undefined
  if (row === undefined) return null
  const { error, ...later } = row
  return { ...later, message: error === null ? null : (JSON.parse(error) as { message: string }).message }
}
