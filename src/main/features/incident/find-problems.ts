import { comparePlans, type PlanStep } from '../../pipeline/model/query-plan.ts'
import { readGuards } from '../../pipeline/model/model-guards.ts'
import type { Connection } from '../../store/database.ts'
import type { IncidentProblem } from './protocol.ts'

/** What broke in a run, the worst first: what stopped it, then what warned, then plans that changed. */
export function findProblems(connection: Connection, runId: number): IncidentProblem[] {
  const found = [
    ...rejectedFiles(connection, runId),
    ...gates(connection, runId),
    ...guards(connection, runId),
    ...checks(connection, runId),
  ]
  const isBad = ({ status }: IncidentProblem) => status === 'fail'
  return [...found.filter(isBad), ...found.filter((problem) => !isBad(problem)), ...changedPlans(connection, runId)]
}

function rejectedFiles(connection: Connection, runId: number): IncidentProblem[] {
  const files = connection
    .prepare(
      'SELECT file, rejected_reason AS reason FROM assay_run_file WHERE run_id = ? AND rejected_reason IS NOT NULL ORDER BY file',
    )
    .all(runId) as { file: string; reason: string }[]
  return files.map(({ file, reason }) => ({
    kind: 'rejected_file',
    status: 'fail',
    message: `${file} was rejected: ${reason}`,
    model: null,
  }))
}

/** What the gates before a delivery said; what a person let through since only waits to be run again. */
function gates(connection: Connection, runId: number): IncidentProblem[] {
  const rows = connection
    .prepare(
      `SELECT g.status, g.message, o.who, o.reason FROM assay_gate AS g
      LEFT JOIN (SELECT *, max(override_id) FROM assay_gate_override WHERE run_id = ? GROUP BY source, gate) AS o
        ON o.source = g.source AND o.gate = g.gate
      WHERE g.run_id = ? AND g.status IN ('held', 'warn') ORDER BY g.status, g.source, g.gate`,
    )
    .all(runId, runId) as { status: 'held' | 'warn'; message: string; who: string | null; reason: string | null }[]
  return rows.map(({ status, message, who, reason }) => ({
    kind: 'gate',
    status: status === 'held' && who === null ? 'fail' : 'warn',
    message:
      who === null ? message : `${message} ${who} let it through: ${reason}. The next run of the same files loads it.`,
    model: null,
  }))
}

function guards(connection: Connection, runId: number): IncidentProblem[] {
  return readGuards(connection, runId).flatMap(({ status, message, model }): IncidentProblem[] =>
    status === 'pass' ? [] : [{ kind: 'guard', status, message, model }],
  )
}

function checks(connection: Connection, runId: number): IncidentProblem[] {
  const rows = connection
    .prepare(
      `SELECT name, model, failures, measured, expected, status = 'fail' AND blocking AS is_bad FROM assay_run_check
      WHERE run_id = ? AND status <> 'pass' ORDER BY is_bad DESC, failures DESC, name`,
    )
    .all(runId) as {
    name: string
    model: string
    failures: number
    measured: string | null
    expected: string | null
    is_bad: number
  }[]
  return rows.map(({ name, model, failures, measured, expected, is_bad: isBad }) => {
    const rowsText = `${failures} failing ${failures === 1 ? 'row' : 'rows'}`
    const what = measured === null ? rowsText : `measured ${measured}, expected ${expected ?? 'otherwise'}`
    return {
      kind: 'check',
      status: isBad === 1 ? 'fail' : 'warn',
      message: `The check ${name} failed: ${what}.`,
      model,
    }
  })
}

/** Models that this run built by another plan than the last good run in the same scope. */
function changedPlans(connection: Connection, runId: number): IncidentProblem[] {
  const rows = connection
    .prepare(
      `SELECT p.model, p.plan, (
        SELECT b.plan FROM assay_run_profile AS b JOIN assay_run AS r USING (run_id)
        WHERE b.model = p.model AND b.scope = p.scope AND run_id < p.run_id AND r.status = 'published' AND NOT r.is_undone
        ORDER BY run_id DESC LIMIT 1) AS plan_before
      FROM assay_run_profile AS p WHERE p.run_id = ? ORDER BY p.model`,
    )
    .all(runId) as { model: string; plan: string; plan_before: string | null }[]
  return rows.flatMap(({ model, plan, plan_before: before }): IncidentProblem[] => {
    if (before === null || before === plan) return []
    const changes = comparePlans(JSON.parse(before) as PlanStep[], JSON.parse(plan) as PlanStep[])
    if (changes.length === 0) return []
    return [
      { kind: 'plan', status: 'warn', message: `The query plan of ${model} changed. ${changes.join('; ')}.`, model },
    ]
  })
}
