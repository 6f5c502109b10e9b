import { AppError } from '../../../kernel/app-error.ts'
import { createModelCompiler, type ModelCompiler } from '../../../pipeline/model/compile-model.ts'
import { inputsOf } from '../../../pipeline/model/model-inputs.ts'
import { readGuards } from '../../../pipeline/model/model-guards.ts'
import { comparePlans, noteOf, readPlan, type PlanStep } from '../../../pipeline/model/query-plan.ts'
import type { Workbench } from '../../../pipeline/run/open-workbench.ts'
import { isAccepted, oldestKeptRun } from '../../../pipeline/run/published-runs.ts'
import type { Model } from '../../../pipeline/project/project.ts'
import { isLiving, isSeenBy } from '../../../store/versioned-table.ts'
import type { ModelProfile } from '../profile-shapes.ts'
import { countKeys } from './count-keys.ts'

interface RecordedBuild {
  readonly run_id: number
  readonly scope: 'whole' | 'part'
  readonly seconds: number
  readonly rows: number | null
  readonly inputs: string
  readonly plan: string
}

/**
 * What a model read, gave and cost in a run, by the plan of its query, beside the last good run. Without a run it is the latest of which
 * the tables are there: one that was stopped lies aside until the next starts. `keys`: also counts keys, which reads all rows.
 */
export function profileModel(workbench: Workbench, name: string, given: number | null, keys: boolean): ModelProfile {
  const { project, connection } = workbench
  const model = project.models.get(name)
  if (model === undefined)
    throw new AppError('NOT_FOUND', `The project has no model ${name}.`, {
      hint: `It has: ${[...project.models.keys()].join(', ')}.`,
    })
  const runId = given ?? latestRun(workbench)
  const built = recordedBuild(workbench, name, `run_id <= ${runId} AND (run_id = ${runId} OR ${goodRun(workbench)})`)
  const lastGood =
    built === undefined
      ? undefined
      : recordedBuild(
          workbench,
          name,
          `run_id < ${built.run_id} AND p.scope = '${built.scope}' AND ${goodRun(workbench)}`,
        )
  const state = compilerOf(workbench, runId)
  const beforeRun = lastGood?.run_id ?? (workbench.publishedRun() < runId ? workbench.publishedRun() : 0)
  const before = beforeRun > 0 ? compilerOf(workbench, beforeRun) : null
  const plan = built === undefined ? planNow(workbench, state, model) : (JSON.parse(built.plan) as PlanStep[])
  const planBefore = lastGood === undefined ? [] : (JSON.parse(lastGood.plan) as PlanStep[])
  const inputRows = rowsByName(built)
  const inputRowsBefore = rowsByName(lastGood)
  const rows = built?.rows ?? null
  const compiler = state ?? workbench.publishedCompiler()
  const inputsBefore = new Map(
    (before === null ? [] : inputsOf(project, before, model)).map((input) => [input.name, input.sql]),
  )
  const joined = joinColumns(plan)
  const grain = model.grain.flatMap((key) => model.columns.filter((column) => column.name === key))
  return {
    name,
    run_id: runId,
    built_in: built?.run_id ?? null,
    scope: built?.scope ?? null,
    rows,
    seconds: built?.seconds ?? null,
    last_good:
      lastGood === undefined ? null : { run_id: lastGood.run_id, rows: lastGood.rows ?? 0, seconds: lastGood.seconds },
    inputs: inputsOf(project, compiler, model).map((input) => {
      const read = inputRows.get(input.name) ?? null
      const joins = input.columns.filter((column) => joined.has(column.name))
      const shared = input.columns.filter((column) => model.grain.includes(column.name))
      return {
        name: input.name,
        kind: input.kind,
        rows: read,
        rows_before: inputRowsBefore.get(input.name) ?? null,
        ratio: read === null || read === 0 || rows === null ? null : rows / read,
        keys:
          keys && state !== null
            ? countKeys(connection, input.sql, inputsBefore.get(input.name) ?? null, joins.length > 0 ? joins : shared)
            : null,
      }
    }),
    keys:
      keys && state !== null
        ? countKeys(connection, state.relation(name), before?.relation(name) ?? null, grain.slice(0, 1))
        : null,
    plan: plan.map((step) => withNote(step, plan)),
    plan_before: planBefore.map((step) => withNote(step, planBefore)),
    plan_changes: lastGood === undefined ? [] : [...comparePlans(planBefore, plan)],
    guards: readGuards(connection, runId).filter((verdict) => verdict.model === name),
  }
}

/** The columns by which the query looks rows up, and so those that its joins go by. */
function joinColumns(plan: readonly PlanStep[]): ReadonlySet<string> {
  const columns = plan.flatMap(({ detail }) => {
    const [, conditions = ''] = /^SEARCH .*\((.+)\)/.exec(detail) ?? []
    return [...conditions.matchAll(/(\w+)=\?/g)].map(([, column = '']) => column)
  })
  return new Set(columns)
}

const goodRun = ({ publishedRun }: Workbench) => isAccepted(publishedRun(), 'r')

/** The latest run whose tables are there: the one that lies aside, else the published one. */
function latestRun({ connection, publishedRun }: Workbench): number {
  const aside = connection
    .prepare("SELECT max(run_id) FROM assay_run WHERE run_id > ? AND NOT is_undone AND status IN ('blocked', 'failed')")
    .pluck()
    .get(publishedRun())
  return Number(aside ?? publishedRun())
}

/** A compiler for the rows that a run left; null where they are not kept any more. */
function compilerOf(workbench: Workbench, runId: number): ModelCompiler | null {
  const { connection, project, publishedRun } = workbench
  const run = connection.prepare('SELECT as_of, status, is_undone FROM assay_run WHERE run_id = ?').get(runId) as
    { as_of: number; status: string; is_undone: number } | undefined
  if (run === undefined || run.is_undone === 1 || runId < oldestKeptRun(connection)) return null
  const isAside = runId > publishedRun() && run.status !== 'published'
  return createModelCompiler(project, { condition: isAside ? isLiving : isSeenBy(runId), asOf: run.as_of })
}

function recordedBuild({ connection }: Workbench, model: string, condition: string): RecordedBuild | undefined {
  return connection
    .prepare(
      `SELECT run_id, p.scope, p.seconds, p.inputs, p.plan, (SELECT rows FROM assay_run_model AS m WHERE m.run_id = p.run_id AND m.model = p.model) AS rows
      FROM assay_run_profile AS p JOIN assay_run AS r USING (run_id) WHERE p.model = ? AND ${condition} ORDER BY run_id DESC LIMIT 1`,
    )
    .get(model) as RecordedBuild | undefined
}

function planNow({ connection }: Workbench, compiler: ModelCompiler | null, model: Model): readonly PlanStep[] {
  return compiler === null ? [] : readPlan(connection, compiler.select(model))
}

function rowsByName(build: RecordedBuild | undefined): ReadonlyMap<string, number> {
  return new Map(Object.entries(build === undefined ? {} : (JSON.parse(build.inputs) as Record<string, number>)))
}

function withNote(step: PlanStep, plan: readonly PlanStep[]) {
  const note = noteOf(step, plan)
  return { ...step, note: note?.text ?? null, is_costly: note?.isCostly ?? false }
}
