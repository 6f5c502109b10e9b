import { isLiving } from '../../../store/versioned-table.ts'
import type { Effect, Effects } from '../../model/effects.ts'
import { fingerprintOf } from '../../model/plan-build.ts'
import { rowsInSlice, type Slice } from '../../model/slice-rows.ts'
import type { Model } from '../../project/project.ts'
import type { ModelsContext } from './models-context.ts'
import { addRebuild } from './rebuild.ts'
import { modelRecordOf } from '../record/model-record.ts'

/** What a run has to do of a model. */
export interface ModelPlan {
  /** As the published run left it. */
  readonly before: ReturnType<typeof modelRecordOf>
  readonly fingerprint: string
  /** Whether its SQL is as it was then. */
  readonly isSame: boolean
  readonly effect: Effect
  /** What is built of it; null where all of it is, or nothing. */
  readonly slice: Slice | null
  /** How many rows the slice has before it is built, counted up to a third of all; 0 without one. */
  readonly sliceRows: number
  /** What planning took. */
  readonly seconds: number
}

/** A part of a model is built alone where it is at most one in so many of its rows: beyond, looking rows up costs more than reading all, */
const smallPart = 3

/** but where one look-up finds so many rows it never does. */
const rowsPerLookUp = 20

/** Plans models, each once; a plan is to be asked for when all that the model reads is built. */
export function createPlans(context: ModelsContext, effects: Effects): (model: Model) => ModelPlan {
  const plans = new Map<string, ModelPlan>()

  function plan(model: Model): ModelPlan {
    const startedAt = performance.now()
    const before = modelRecordOf(context.connection, context.publishedRun, model.name)
    const fingerprint = fingerprintOf(model, context.compiler)
    const part = before?.fingerprint === fingerprint ? partOf(model, before.rows) : { effect: whole, sliceRows: 0 }
    return {
      before,
      fingerprint,
      isSame: before?.fingerprint === fingerprint,
      ...part,
      slice: part.effect.kind === 'part' ? part.effect.slice : null,
      seconds: (performance.now() - startedAt) / 1000,
    }
  }

  /** What changed of a model; an effect on a large part of its rows, scattered over it, is one on all of them. */
  function partOf(model: Model, rows: number): Pick<ModelPlan, 'effect' | 'sliceRows'> {
    const effect = addRebuild(context, context.rebuild, model, effects.of(model))
    if (effect.kind !== 'part') return { effect, sliceRows: 0 }
    const most = Math.floor(rows / smallPart)
    if (effect.values > most) return { effect: whole, sliceRows: 0 }
    if (model.materialized === 'view') return { effect, sliceRows: 0 }
    const { from, condition } = rowsInSlice(effect.slice, model.name)
    const sliceRows = Number(
      context.connection
        .prepare(`SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${isLiving} AND ${condition} LIMIT ?)`)
        .pluck()
        .get(most + 1),
    )
    const isScattered = effect.values > rows / rowsPerLookUp
    return sliceRows > most && isScattered ? { effect: whole, sliceRows: 0 } : { effect, sliceRows }
  }

  return (model) => {
    const known = plans.get(model.name) ?? plan(model)
    plans.set(model.name, known)
    return known
  }
}

const whole = { kind: 'whole' } as const
