import { comparePlans, type PlanStep } from '../../pipeline/model/query-plan.ts'
import { readGuards } from '../../pipeline/model/model-guards.ts'
import { countedNoun, someOf } from '../../pipeline/gate/words.ts'
import type { Connection } from '../../store/database.ts'
import type { IncidentProblem } from './protocol.ts'

const notChecked = { check: null, gate: null, held: [] } satisfies Partial<IncidentProblem>

/** What broke in a run, the worst first: what stopped it, then what holds parts of it back, what warned, and plans that changed. */
export function findProblems(connection: Connection, runId: number): IncidentProblem[] {
  const found = [
    ...rejectedFiles(connection, runId),
    ...gates(connection, runId),
    ...guards(connection, runId),
    ...checks(connection, runId),
  ]
  const rank = ({ status, held }: IncidentProblem) => (status === 'fail' ? 0 : held.length > 0 ? 1 : 2)
  return [...found.toSorted((one, other) => rank(one) - rank(other)), ...changedPlans(connection, runId)]
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
    ...notChecked,
  }))
}

interface GateRow {
  readonly gate: string
  readonly status: 'held' | 'warn'
  readonly company: string
  readonly message: string
  readonly who: string | null
  readonly reason: string | null
}

/** What the gates before a delivery said; what a person let through since only waits to be run again. */
function gates(connection: Connection, runId: number): IncidentProblem[] {
  const rows = connection
    .prepare(
      `SELECT g.gate, g.status, g.company, g.message, o.who, o.reason FROM assay_gate AS g
      LEFT JOIN (SELECT *, max(override_id) FROM assay_gate_override WHERE run_id = ? GROUP BY source, gate, company) AS o
        ON o.source = g.source AND o.gate = g.gate AND o.company = g.company
      WHERE g.run_id = ? AND g.status IN ('held', 'warn') ORDER BY g.company <> '', g.status, g.source, g.gate, g.company LIMIT 100`,
    )
    .all(runId, runId) as GateRow[]
  return rows.map(({ gate, status, company, message, who, reason }) => ({
    kind: 'gate',
    gate,
    held: status === 'held' && company !== '' && who === null ? [company] : [],
    // One company that is held stops no run.
    status: status === 'held' && company === '' && who === null ? 'fail' : 'warn',
    message:
      who === null ? message : `${message} ${who} let it through: ${reason}. The next run of the same files loads it.`,
    model: null,
    check: null,
  }))
}

function guards(connection: Connection, runId: number): IncidentProblem[] {
  return readGuards(connection, runId).flatMap(({ status, message, model }): IncidentProblem[] =>
    status === 'pass' ? [] : [{ kind: 'guard', status, message, model, ...notChecked }],
  )
}

/** The checks that did not pass. One that holds back no more than parts did not stop the run. */
function checks(connection: Connection, runId: number): IncidentProblem[] {
  const rows = connection
    .prepare(
      `SELECT name, model, failures, measured, expected, held, status = 'fail' AND blocking AND held = '[]' AS is_bad FROM (
        SELECT *, (SELECT json_group_array(DISTINCT CAST(b.value AS TEXT) ORDER BY b.value) FROM assay_run_blocked AS b
          WHERE b.run_id = c.run_id AND b.check_name = c.name) AS held FROM assay_run_check AS c)
      WHERE run_id = ? AND status <> 'pass' ORDER BY is_bad DESC, failures DESC, name`,
    )
    .all(runId) as {
    name: string
    model: string
    failures: number
    measured: string | null
    expected: string | null
    held: string
    is_bad: number
  }[]
  return rows.map(({ name, model, failures, measured, expected, held: heldText, is_bad: isBad }) => {
    const held = JSON.parse(heldText) as string[]
    const heldWords = held.length === 0 ? '' : ` Held back: ${someOf(held)}.`
    const rowsText = countedNoun(failures, 'failing row')
    const what = measured === null ? rowsText : `measured ${measured}, expected ${expected ?? 'otherwise'}`
    return {
      kind: 'check',
      status: isBad === 1 ? 'fail' : 'warn',
      message: `The check ${name} failed: ${what}.${heldWords}`,
      model,
      check: name,
      gate: null,
      held,
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
    const message = `The query plan of ${model} changed. ${changes.join('; ')}.`
    return [{ kind: 'plan', status: 'warn', message, model, ...notChecked }]
  })
}
