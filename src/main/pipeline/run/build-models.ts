import type { Connection } from '../../store/database.ts'
import {
  countAddedAndClosed,
  countChanges,
  ensureIndexes,
  isLiving,
  isSeenByInParts,
} from '../../store/versioned-table.ts'
import { buildEnrichment } from '../enrichment/build-enrichment.ts'
import { createFileProvider } from '../enrichment/file-provider.ts'
import { createRememberedProvider } from '../enrichment/remembered-provider.ts'
import { buildModel, fingerprintOf } from '../model/build-model.ts'
import type { ModelCompiler } from '../model/compile-model.ts'
import { createEffects, type Effect, type Effects } from '../model/effects.ts'
import { rowsInSlice, type Slice } from '../model/slice-rows.ts'
import { watchModels } from '../model/watch-models.ts'
import type { Model, Project } from '../project/project.ts'
import { openSteps, stepNames } from '../staging/run-steps.ts'
import { stagedTableOf } from '../staging/staged-table.ts'
import { enrichmentFingerprint } from './enrichment-fingerprint.ts'
import type { FeedFile } from './find-feeds.ts'
import { addRebuild, type Rebuild } from './rebuild.ts'
import { modelRecordOf, recordModel } from './run-record.ts'
import type { ProgressTracker } from './run-progress.ts'

export interface ModelsContext {
  readonly connection: Connection
  readonly runId: number
  readonly publishedRun: number
  readonly project: Project
  readonly compiler: ModelCompiler
  readonly tracker: ProgressTracker
  /** What is built again although nothing of it changed; null for nothing. */
  readonly rebuild: Rebuild | null
  /** The models and enrichments that the run had built before it was broken off and resumed. */
  readonly built: ReadonlySet<string>
}

/** What a run changed of the models. */
export interface ModelChanges {
  readonly effects: Effects
  /** By name; a model that is not in it has the rows it had. */
  readonly touched: ReadonlyMap<string, Exclude<Effect, { kind: 'none' }>>
}

/** A part of a model is built alone where it is at most one in so many of its rows: beyond, looking rows up costs more than reading all. */
const smallPart = 3

/**
 * Builds enrichments and models in their order. One that reads nothing that changed, and whose SQL is the same, is left as it is; of one
 * that is partitioned, only the parts that hang on what changed are built.
 */
export async function buildModels(
  context: ModelsContext,
  enrichmentFiles: ReadonlyMap<string, readonly FeedFile[]> | null,
  onBuilt: (model: Model, changes: ModelChanges) => void = () => undefined,
): Promise<ModelChanges> {
  const { connection, runId, project, compiler, tracker } = context
  const effects = createEffects(context)
  const watch = watchModels(context)
  const touched = new Map<string, Exclude<Effect, { kind: 'none' }>>()
  for (const contract of project.contracts.values()) ensureIndexes(connection, stagedTableOf(contract).table)
  let position = 0
  for (const name of project.buildOrder) {
    const enrichment = project.enrichments.get(name)
    if (enrichment !== undefined) {
      if (context.built.has(name)) continue
      const fingerprint = enrichmentFingerprint(enrichment, enrichmentFiles && (enrichmentFiles.get(name) ?? []))
      const provider =
        enrichmentFiles === null ? createRememberedProvider() : createFileProvider(enrichmentFiles.get(name) ?? [])
      await buildEnrichment(connection, runId, enrichment, compiler, provider)
      openSteps(connection, runId).once(stepNames.enrich(name), () => fingerprint)
      continue
    }
    const model = project.models.get(name)
    const progress = tracker.progress.models.find((entry) => entry.name === name)
    if (model === undefined || progress === undefined) continue
    progress.state = 'running'
    progress.max_seconds = project.config.model_seconds
    tracker.changed(true)
    const startedAt = performance.now()
    const before = modelRecordOf(connection, context.publishedRun, name)
    const fingerprint = fingerprintOf(model, compiler)
    const isSame = before?.fingerprint === fingerprint
    const effect = isSame
      ? smallEffect(context, model, addRebuild(context, context.rebuild, model, effects.of(model)), before.rows)
      : ({ kind: 'whole' } as const)
    const slice = effect.kind === 'part' ? effect.slice : null
    const done = context.built.has(name) ? modelRecordOf(connection, runId, name) : undefined
    if (effect.kind !== 'none') {
      const changes =
        done !== undefined
          ? countChanges(connection, runId, name)
          : watch.build(model, (explain) => buildModel(connection, runId, model, compiler, slice, explain))
      const isAsked = context.rebuild?.models.has(name) === true
      if (changes > 0 || !isSame || isAsked || model.materialized === 'view') touched.set(name, effect)
    }
    if (done !== undefined) {
      position += 1
      Object.assign(progress, { state: 'resumed', rows: done.rows, seconds: done.seconds })
      tracker.changed(true)
      continue
    }
    const rows =
      effect.kind === 'none' && isSame ? before.rows : countRows(context, model, slice, isSame ? before.rows : null)
    const seconds = (performance.now() - startedAt) / 1000
    if (effect.kind !== 'none')
      watch.built(model, {
        scope: slice === null ? 'whole' : 'part',
        rows,
        previousRows: before?.rows ?? null,
        seconds,
        compiler: slice === null ? compiler : compiler.narrowed({ slice }),
      })
    // Last: a model of which this is there is built, judged and all, wherever the run is broken off.
    recordModel(connection, runId, position, {
      model: name,
      rows,
      previousRows: before?.rows ?? null,
      seconds,
      fingerprint,
    })
    position += 1
    progress.rows = rows
    progress.seconds = seconds
    progress.state = effect.kind === 'none' ? 'skipped' : 'done'
    if (effect.kind === 'part') progress.parts = effect.values
    tracker.changed(true)
    onBuilt(model, { effects, touched })
  }
  return { effects, touched }
}

/** An effect on a large part of a model is one on the whole of it. */
function smallEffect({ connection }: ModelsContext, model: Model, effect: Effect, rows: number): Effect {
  if (effect.kind !== 'part') return effect
  const most = Math.floor(rows / smallPart)
  if (effect.values > most) return { kind: 'whole' }
  if (model.materialized === 'view') return effect
  const { from, condition } = rowsInSlice(effect.slice, model.name)
  const touched = connection
    .prepare(`SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${isLiving} AND ${condition} LIMIT ?)`)
    .pluck()
    .get(most + 1)
  return Number(touched) > most ? { kind: 'whole' } : effect
}

/** The rows of a model after the run: from those it had before where they are known, and what the run changed; else all are counted. */
function countRows(
  { connection, runId, publishedRun, compiler }: ModelsContext,
  model: Model,
  slice: Slice | null,
  before: number | null,
): number {
  const count = (counted: ModelCompiler) =>
    Number(
      connection
        .prepare(`SELECT count(*) FROM ${counted.relation(model.name)}`)
        .pluck()
        .get(),
    )
  if (before !== null && model.materialized === 'table') {
    const { added, closed } = countAddedAndClosed(connection, runId, model.name)
    return before + added - closed
  }
  if (before === null || slice === null) return count(compiler)
  const was = compiler.narrowed({ slice, condition: isSeenByInParts(publishedRun) })
  return before + count(compiler.narrowed({ slice })) - count(was)
}
