import { AppError } from '../../../kernel/app-error.ts'
import { createModelCompiler, type DataState, type ModelCompiler } from '../../../pipeline/model/compile-model.ts'
import { inputsOf } from '../../../pipeline/model/model-inputs.ts'
import { readGuards } from '../../../pipeline/model/model-guards.ts'
import { comparePlans, noteOf, readPlan, type PlanStep } from '../../../pipeline/model/query-plan.ts'
import type { Workbench } from '../../../pipeline/run/open-workbench.ts'
import { isAccepted, oldestKeptRun } from '../../../pipeline/run/publish/published-runs.ts'
import { requireRun } from '../../../pipeline/run/record/require-run.ts'
import type { Model } from '../../../pipeline/project/project.ts'
import { isLiving, isSeenBy } from '../../../store/versioned-table.ts'
import type { ModelProfile } from '../profile-shapes.ts'
import { countKeys } from './count-keys.ts'
import { profileJoins } from './profile-joins.ts'
import { readsFewRows, recordedBuild, rowsByName, type RecordedBuild } from './recorded-build.ts'

/** What is counted besides, which reads all rows. */
export interface ProfileCounts {
  readonly keys: boolean
  /** Also where the inputs have many rows; where they have few it takes no time and is done anyway. */
  readonly joins: boolean
}

/**
 * What a model read, gave and cost in a run, by the plan of its query, beside the last good run. Without a run it is the latest of which
 * the tables are there: also of one that was stopped, until the next starts.
 */
export function profileModel(
  workbench: Workbench,
  name: string,
  given: number | null,
  counts: ProfileCounts,
): ModelProfile {
  const { project, connection } = workbench
  const model = project.models.get(name)
  if (model === undefined)
    throw new AppError('NOT_FOUND', `The project has no model ${name}.`, {
      hint: `It has: ${[...project.models.keys()].join(', ')}.`,
    })
  if (given !== null) requireRun(connection, given)
  const runId = given ?? latestRun(workbench)
  const built = recordedBuild(workbench, name, `run_id <= ${runId} AND (run_id = ${runId} OR ${goodRun(workbench)})`)
  const goodBefore = (condition: string) =>
    built && recordedBuild(workbench, name, `run_id < ${built.run_id} AND ${condition} AND ${goodRun(workbench)}`)
  const lastGood = goodBefore(`p.scope = '${built?.scope ?? ''}'`)
  const lastOther = lastGood === undefined ? goodBefore('true') : undefined
  const now = stateOf(workbench, runId)
  const state = now && createModelCompiler(project, now)
  const buildBefore = lastGood ?? lastOther
  const beforeRun = buildBefore?.run_id ?? (workbench.publishedRun() < runId ? workbench.publishedRun() : 0)
  const then = beforeRun > 0 ? stateOf(workbench, beforeRun) : null
  const before = then && createModelCompiler(project, then)
  const plan = built === undefined ? planNow(workbench, state, model) : (JSON.parse(built.plan) as PlanStep[])
  const planBefore = lastGood === undefined ? [] : (JSON.parse(lastGood.plan) as PlanStep[])
  const inputRows = rowsByName(built)
  const inputRowsBefore = rowsByName(buildBefore)
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
    last_good: costOf(lastGood),
    last_other: costOf(lastOther),
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
          counts.keys && state !== null
            ? countKeys(connection, input.sql, inputsBefore.get(input.name) ?? null, joins.length > 0 ? joins : shared)
            : null,
      }
    }),
    ...profileJoins(
      workbench,
      model,
      { now, before: then },
      counts.joins ? 'asked' : readsFewRows(built) ? 'unasked' : 'none',
    ),
    keys:
      counts.keys && state !== null
        ? countKeys(connection, state.relation(name), before?.relation(name) ?? null, grain.slice(0, 1))
        : null,
    plan: plan.map((step) => withNote(step, plan)),
    plan_before: planBefore.map((step) => withNote(step, planBefore)),
    plan_changes: lastGood === undefined ? [] : [...comparePlans(planBefore, plan)],
    guards: readGuards(connection, runId).filter((verdict) => verdict.model === name),
  }
}

function costOf(build: RecordedBuild | undefined): ModelProfile['last_good'] {
  return build === undefined ? null : { run_id: build.run_id, rows: build.rows ?? 0, seconds: build.seconds }
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

/** The latest run whose tables are there: the one behind the published one, else that. */
function latestRun({ connection, publishedRun }: Workbench): number {
  const aside = connection
    .prepare("SELECT max(run_id) FROM assay_run WHERE run_id > ? AND NOT is_undone AND status IN ('blocked', 'failed')")
    .pluck()
    .get(publishedRun())
  return Number(aside ?? publishedRun())
}

/** The state of the data that a run left; null where its rows are not kept any more. */
function stateOf({ connection, publishedRun }: Workbench, runId: number): DataState | null {
  const run = connection.prepare('SELECT as_of, status, is_undone FROM assay_run WHERE run_id = ?').get(runId) as
    { as_of: number; status: string; is_undone: number } | undefined
  if (run === undefined || run.is_undone === 1 || runId < oldestKeptRun(connection)) return null
  const isAside = runId > publishedRun() && run.status !== 'published'
  return { condition: isAside ? isLiving : isSeenBy(runId), asOf: run.as_of }
}

function planNow({ connection }: Workbench, compiler: ModelCompiler | null, model: Model): readonly PlanStep[] {
  return compiler === null ? [] : readPlan(connection, compiler.select(model))
}

function withNote(step: PlanStep, plan: readonly PlanStep[]) {
  const note = noteOf(step, plan)
  return { ...step, note: note?.text ?? null, is_costly: note?.isCostly ?? false }
}
