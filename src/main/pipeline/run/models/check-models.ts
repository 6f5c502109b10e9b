import { quoteName } from '../../../store/database.ts'
import { isLiving } from '../../../store/versioned-table.ts'
import { holdsQuery, runChecks, type CheckedSlice } from '../../check/run-checks.ts'
import type { Slice } from '../../model/slice-rows.ts'
import { addToSlice, countSlice, openSlice } from '../../model/slice.ts'
import type { Check, Model } from '../../project/project.ts'
import type { ModelChanges } from './build-models.ts'
import type { ModelsContext } from './models-context.ts'
import { holdParts } from './hold-parts.ts'
import { dayOfRun } from '../record/day-of-run.ts'
import { recordCheck, repeatChecks } from '../record/check-record.ts'
import { countSeen } from './seen-rows.ts'

/**
 * Runs the checks of all models, holds back the parts that they block, and counts what readers see then. A model that did not change, nor what its checks look at,
 * keeps the results it had; one of which only a part changed is checked there.
 */
export function checkModels(context: ModelsContext, changes: ModelChanges): void {
  const { connection, runId, project, publishedRun } = context
  let position = 0
  for (const model of project.models.values()) {
    const scope = scopeOf(context, changes, model)
    if (scope === 'none') {
      position += repeatChecks(connection, publishedRun, runId, model.name, position)
      continue
    }
    for (const outcome of runChecks(context, model, model.checks, scope === 'whole' ? null : scope)) {
      recordCheck(connection, runId, position, outcome)
      position += 1
    }
  }
  holdParts(context)
  countSeen(context)
}

/** The rows of a model that its checks have to look at. */
function scopeOf(context: ModelsContext, changes: ModelChanges, model: Model): 'none' | 'whole' | CheckedSlice {
  const { connection, compiler, publishedRun } = context
  const own = changes.touched.get(model.name)
  if (own?.kind === 'whole') return 'whole'
  const isChanged = (name: string) => changes.touched.has(name) || changes.effects.isChanged(name)
  const isTouched = own !== undefined || model.checks.some((check) => !holdsQuery(check) && check.reads.some(isChanged))
  const seesChanges = (check: Check) =>
    holdsQuery(check) && [...compiler.tablesRead(model), ...model.readsModels, ...check.reads].some(isChanged)
  const isOfAnotherDay = () =>
    model.checks.some(({ test }) => test.kind === 'freshness') && dayOfRun(connection, publishedRun) !== compiler.asOf
  if (!isTouched && !isOfAnotherDay()) return model.checks.some(seesChanges) ? 'whole' : 'none'
  return model.partitionBy.length === 0 ? 'whole' : slicedScope(context, model, own?.slice ?? null, isChanged)
}

/** The part of a model that changed, and the rows that refer to what is no more. */
function slicedScope(
  { connection, runId, publishedRun, project, compiler }: ModelsContext,
  model: Model,
  own: Slice | null,
  isChanged: (name: string) => boolean,
): 'whole' | CheckedSlice {
  const slice = own ?? openSlice(connection, project, model)
  const beyond = new Set<string>()
  for (const { name, column, test } of model.checks) {
    if (test.kind !== 'relationships' || !isChanged(test.to)) continue
    if (model.partitionBy.includes(column ?? '') && project.models.get(test.to)?.materialized === 'table') {
      const [to, field] = [quoteName(test.to), quoteName(test.field)]
      const gone = `SELECT ${field} FROM ${to} WHERE to_run = ${runId} EXCEPT SELECT ${field} FROM ${to} WHERE ${isLiving}`
      const rows = `${compiler.relation(model.name)} WHERE ${quoteName(column ?? '')} IN (${gone})`
      addToSlice(connection, slice, `SELECT DISTINCT ${model.partitionBy.map(quoteName).join(', ')} FROM ${rows}`)
    } else {
      beyond.add(name)
    }
  }
  if (countSlice(connection, slice) === null) return 'whole'
  const passed = connection.prepare('SELECT 1 FROM assay_run_check WHERE run_id = ? AND name = ? AND failures = 0')
  return {
    compiler: compiler.narrowed({ slice }),
    isEnough: (check) =>
      !beyond.has(check.name) && !holdsQuery(check) && passed.get(publishedRun, check.name) !== undefined,
  }
}
