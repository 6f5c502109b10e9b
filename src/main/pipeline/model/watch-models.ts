import { countAddedAndClosed } from '../../store/versioned-table.ts'
import type { Model } from '../project/project.ts'
import type { ExplainFanOut } from './fill-built.ts'
import { fanOutCause } from './explain-fan-out.ts'
import { guardCost } from './guard-cost.ts'
import { guardGrowth } from './guard-growth.ts'
import { recordGuard } from './model-guards.ts'
import { inputsOf } from './model-inputs.ts'
import { readPlan } from './query-plan.ts'
import type { BuiltModel, InputRows, WatchContext } from './watch-context.ts'

/** Watches the models of a run: explains fan-outs, records how each was built, and lets the guards judge it. */
export interface ModelWatch {
  /** Builds a model; where it has several rows of one key the cause is found, told and recorded. */
  build(model: Model, build: (explain: ExplainFanOut) => void): void
  built(model: Model, built: BuiltModel): void
}

export function watchModels(context: WatchContext): ModelWatch {
  const { connection, runId, project, compiler } = context
  const sourceRows = new Map<string, InputRows>()

  function rowsOf(name: string, sql: string, table: string): InputRows {
    const known = sourceRows.get(name)
    if (known !== undefined) return known
    const rows = Number(connection.prepare(`SELECT count(*) FROM ${sql}`).pluck().get())
    const { added, closed } = countAddedAndClosed(connection, runId, table)
    const counted = { name, rows, added: added - closed }
    sourceRows.set(name, counted)
    return counted
  }

  function inputRows(model: Model): readonly InputRows[] {
    const recorded = connection.prepare(
      'SELECT rows, previous_rows FROM assay_run_model WHERE run_id = ? AND model = ?',
    )
    return inputsOf(project, compiler, model).map(({ name, kind, sql, table }) => {
      if (kind !== 'model') return rowsOf(name, sql, table ?? name)
      const row = recorded.get(runId, name) as { rows: number; previous_rows: number | null } | undefined
      return { name, rows: row?.rows ?? 0, added: (row?.rows ?? 0) - (row?.previous_rows ?? 0) }
    })
  }

  return {
    build(model, build) {
      let stopped: { readonly rows: number; readonly cause: string } | null = null
      const explain: ExplainFanOut = (key, rows) => {
        const values = model.grain.map((column, index) => ({ column, value: key[index] }))
        const cause = fanOutCause(context, model, values, rows, 'temp.built')
        stopped = { rows, cause }
        return cause
      }
      try {
        build(explain)
      } catch (error) {
        const found = stopped as { readonly rows: number; readonly cause: string } | null
        if (found !== null)
          recordGuard(connection, runId, {
            model: model.name,
            guard: 'fan_out',
            status: 'fail',
            value: found.rows,
            low: 0,
            high: 1,
            message: error instanceof Error ? error.message : found.cause,
          })
        throw error
      }
    },
    built(model, built) {
      const inputs = inputRows(model)
      const { scope, seconds } = built
      for (const verdict of [
        ...guardGrowth(context, model, built, inputs),
        ...guardCost(context, model, built, inputs),
      ])
        recordGuard(connection, runId, verdict)
      connection
        .prepare('INSERT INTO assay_run_profile VALUES (?, ?, ?, ?, ?, ?)')
        .run(
          runId,
          model.name,
          scope,
          seconds,
          JSON.stringify(Object.fromEntries(inputs.map(({ name, rows }) => [name, rows]))),
          JSON.stringify(readPlan(connection, built.compiler.select(model))),
        )
    },
  }
}
