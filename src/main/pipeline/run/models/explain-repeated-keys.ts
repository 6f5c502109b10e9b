import { quoteName } from '../../../store/database.ts'
import { countedNoun } from '../../gate/words.ts'
import { fanOutCause, type FanOutContext } from '../../model/explain-fan-out.ts'
import { recordGuard } from '../../model/model-guards.ts'
import type { Model } from '../../project/project.ts'

/**
 * Finds why a view has several rows of one key, where a check of its grain has failed: a table is stopped when it is built, a view only
 * by its checks, which do not name the cause. The models are those of a run that is built and checked.
 */
export function explainRepeatedKeys(context: FanOutContext & { readonly runId: number }): void {
  const { connection, runId, project, compiler } = context
  const failed = connection
    .prepare("SELECT 1 FROM assay_run_check WHERE run_id = ? AND name = ? AND status = 'fail' AND blocking")
    .pluck()
  for (const model of project.models.values()) {
    if (model.materialized !== 'view' || !checksOfGrain(model).some((name) => failed.get(runId, name) === 1)) continue
    const keys = model.grain.map(quoteName).join(', ')
    const relation = compiler.relation(model.name)
    const worst = connection
      .prepare(`SELECT ${keys}, count(*) AS n FROM ${relation} GROUP BY ${keys} HAVING n > 1 ORDER BY n DESC LIMIT 1`)
      .raw()
      .get() as unknown[] | undefined
    if (worst === undefined) continue
    const rows = Number(worst.at(-1))
    const values = model.grain.map((column, index) => ({ column, value: worst[index] }))
    const cause = fanOutCause(context, model, values, rows, relation)
    const key = values.map(({ column, value }) => `${column} = ${String(value)}`).join(', ')
    recordGuard(connection, runId, {
      model: model.name,
      guard: 'fan_out',
      status: 'fail',
      value: rows,
      low: 0,
      high: 1,
      message: `The model ${model.name} has ${countedNoun(rows, 'row')} for the key ${key}: ${cause}. Its grain is one row per ${model.grain.join(', ')}.`,
    })
  }
}

/** The names of the checks that say that the grain is unique. */
function checksOfGrain({ grain, checks }: Model): readonly string[] {
  return checks
    .filter(({ column, test }) => {
      const columns = test.kind === 'unique' ? [column] : test.kind === 'unique_combination' ? test.columns : []
      return columns.length === grain.length && columns.every((name) => name !== null && grain.includes(name))
    })
    .map(({ name }) => name)
}
