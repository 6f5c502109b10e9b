import type { OutputOf } from '#protocol/method'
import type { ErrorReport } from '../../kernel/app-error.ts'
import { formatters } from '../../kernel/format-value.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import { waitingAtGates } from '../../pipeline/run/gates/held-by-gates.ts'
import { candidateRunOf, candidatesSetAside } from '../../pipeline/run/publish/candidates.ts'
import { listRollbackTargets } from '../../pipeline/run/publish/published-runs.ts'
import { seenModels } from '../../pipeline/run/models/seen-rows.ts'
import { stoppedRun } from '../../pipeline/run/publish/take-back-runs.ts'
import { findProblems } from './find-problems.ts'
import { countsInIncident } from './latest-run.ts'
import { listLimits } from './limits.ts'
import type { incidentMethods, IncidentProblem, IncidentRun } from './protocol.ts'
import { flawedRun, sayVerdict } from './say-verdict.ts'

type Incident = OutputOf<typeof incidentMethods.show>

interface TroubledRun {
  readonly run_id: number
  readonly status: string
  readonly as_of: number
  readonly started_at: number
  readonly started_by: string
  readonly error: string | null
}

/** Gathers what the incident page shows. `ownRun`: the run that goes on in this engine. */
export function showIncident(workbench: Workbench, ownRun: number | null): Incident {
  const { connection } = workbench
  const runningRun = ownRun ?? runElsewhere(workbench)
  const run = troubledRun(workbench, runningRun)
  const flawed = run === null ? flawedRun(workbench, runningRun) : null
  const { limits, sources } = listLimits(workbench)
  return {
    run,
    verdict: sayVerdict(workbench, run, runningRun),
    running_run: runningRun,
    candidate_run: candidateRunOf(connection),
    set_aside_runs: [...candidatesSetAside(connection)],
    problems: run !== null ? problemsOf(workbench, run) : flawed === null ? [] : findProblems(connection, flawed),
    problems_run: run?.run_id ?? flawed,
    held: heldIn(workbench),
    targets: listTargets(workbench),
    limits,
    sources,
    actions: listActions(workbench),
  }
}

/** The run that goes on in another process, such as one that was started on the command line. */
function runElsewhere({ connection, isBeingWritten }: Workbench): number | null {
  const running = connection
    .prepare("SELECT max(run_id) FROM assay_run WHERE status = 'running' AND kind <> 'preview'")
    .pluck()
    .get() as number | null
  return running !== null && isBeingWritten() ? running : null
}

/** The latest run, if it went wrong; not one that is moot, since a run from before it was released meanwhile. */
function troubledRun({ connection, isBeingWritten }: Workbench, runningRun: number | null): IncidentRun | null {
  const latest = connection
    .prepare(
      `SELECT run_id, status, as_of, started_at, started_by, error FROM assay_run AS r
      WHERE status <> 'cancelled' AND run_id <> ? AND ${countsInIncident} ORDER BY run_id DESC LIMIT 1`,
    )
    .get(runningRun ?? 0) as TroubledRun | undefined
  if (latest === undefined) return null
  const isStopped = latest.status === 'running' && !isBeingWritten()
  const status = isStopped ? 'failed' : latest.status
  if (status !== 'blocked' && status !== 'failed') return null
  return {
    run_id: latest.run_id,
    status,
    as_of: formatters.date(latest.as_of),
    started_at: new Date(latest.started_at).toISOString(),
    started_by: latest.started_by,
    error: isStopped ? stoppedRun : latest.error === null ? null : (JSON.parse(latest.error) as ErrorReport),
  }
}

/** What broke; first why the run ended, where no check, gate, guard or file says so. */
function problemsOf({ connection }: Workbench, { run_id: runId, error }: IncidentRun): IncidentProblem[] {
  const found = findProblems(connection, runId)
  if (error === null || error.code === 'RUN_BLOCKED' || error.code === 'FILE_REJECTED') return found
  if (found.some(({ message }) => message === error.message)) return found
  const { message, place } = error
  return [
    { kind: 'error', status: 'fail', message, model: place.table ?? null, check: null, gate: null, held: [] },
    ...found,
  ]
}

function heldIn({ connection, publishedRun }: Workbench): Incident['held'] {
  const run = publishedRun()
  const companies = [...waitingAtGates(connection, run)]
  return companies.length === 0 ? null : { run_id: run, companies }
}

function listTargets({ connection, publishedRun }: Workbench): Incident['targets'] {
  const current = publishedRun()
  const ids = [...listRollbackTargets(connection), ...(current === 0 ? [] : [current])].toSorted((a, b) => b - a)
  const read = connection.prepare(
    `SELECT as_of, coalesce(finished_at, started_at) AS finished_at,
      (SELECT coalesce(sum(rows), 0) FROM ${seenModels} AS m WHERE m.run_id = r.run_id) AS rows FROM assay_run AS r WHERE run_id = ?`,
  )
  return ids.map((id) => {
    const row = read.get(id) as { as_of: number; finished_at: number; rows: number }
    return {
      run_id: id,
      as_of: formatters.date(row.as_of),
      finished_at: new Date(row.finished_at).toISOString(),
      rows: row.rows,
      is_current: id === current,
    }
  })
}

/** Rollbacks, releases, discarded runs, limits and held deliveries that were let through, newest first. */
function listActions({ connection }: Workbench): Incident['actions'] {
  const rows = connection
    .prepare(
      `SELECT at, who, reason, CASE kind WHEN 'rollback' THEN 'gave readers run ' || run_id || ' in place of run ' || coalesce(previous_run, 0)
          ELSE 'released run ' || run_id END AS what
      FROM assay_publication WHERE kind <> 'publish'
      UNION ALL
      SELECT at, who, reason, 'discarded run ' || run_id FROM assay_discard
      UNION ALL
      SELECT set_at, set_by, reason, CASE WHEN max_rows IS NULL AND companies = '[]' THEN 'lifted the limit of ' || source
          ELSE 'limited ' || source || CASE WHEN max_rows IS NULL THEN '' ELSE ' to ' || printf('%,d', max_rows) || ' rows a run' END
            || CASE WHEN companies = '[]' THEN '' ELSE ', without ' || (SELECT group_concat(value, ', ') FROM (SELECT value FROM json_each(companies) LIMIT 3))
              || iif(json_array_length(companies) > 3, ' and ' || (json_array_length(companies) - 3) || ' more', '') END END
      FROM assay_limit
      UNION ALL
      SELECT at, who, reason, 'let ' || source || ' of run ' || run_id || ' through (' || group_concat(iif(company = '', gate, gate || ' of ' || company), ', ') || ')'
      FROM assay_gate_override GROUP BY run_id, source, at, who, reason
      ORDER BY at DESC LIMIT 20`,
    )
    .all() as { at: number; who: string; reason: string; what: string }[]
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}
