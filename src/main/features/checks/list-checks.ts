import type { OutputOf } from '#protocol/method'
import { describeLimits } from '../../pipeline/check/threshold.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import type { Check, checksMethods, HeldPart, PastResult } from './protocol.ts'

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
  const history = readHistory(workbench, runId)
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
    checks,
    held: listHeld(workbench, runId),
  }
}

/** How the checks went in the latest runs up to this one that got so far, by name, oldest first. */
function readHistory({ connection }: Workbench, runId: number): Map<string, PastResult[]> {
  const results = connection
    .prepare(
      `SELECT name, run_id, status, failures FROM assay_run_check WHERE run_id IN (
        SELECT run_id FROM ${checkedRuns} WHERE run_id <= ? ORDER BY run_id DESC LIMIT ?
      ) ORDER BY run_id`,
    )
    .all(runId, rememberedRuns) as (PastResult & { name: string })[]
  const byName = new Map<string, PastResult[]>()
  for (const { name, ...result } of results) byName.set(name, [...(byName.get(name) ?? []), result])
  return byName
}

function listHeld({ connection }: Workbench, runId: number): HeldPart[] {
  const rows = connection
    .prepare(
      `SELECT column_name AS "column", CAST(value AS TEXT) AS value, check_name AS "check", since_run, CAST(linked_to AS TEXT) AS linked_to
      FROM assay_run_blocked WHERE run_id = ? ORDER BY value, check_name`,
    )
    .all(runId)
  return rows as HeldPart[]
}
