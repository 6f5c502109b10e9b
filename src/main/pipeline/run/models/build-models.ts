import { now } from '../../../kernel/clock.ts'
import { countAddedAndClosed, countChanges, ensureIndexes, isSeenByInParts } from '../../../store/versioned-table.ts'
import { buildEnrichment } from '../../enrichment/build-enrichment.ts'
import { createFileProvider } from '../../enrichment/file-provider.ts'
import { createRememberedProvider } from '../../enrichment/remembered-provider.ts'
import { buildTable } from '../../model/build-table.ts'
import type { ModelCompiler } from '../../model/compile-model.ts'
import type { ModelsAhead, Share } from '../../model/compute-ahead.ts'
import { createEffects, type Effect, type Effects } from '../../model/effects.ts'
import { planBuild } from '../../model/plan-build.ts'
import { divideSlice } from '../../model/slice.ts'
import { tablesOf, type Slice } from '../../model/slice-rows.ts'
import { shownModel } from '../../model/shown-model.ts'
import { watchModels } from '../../model/watch-models.ts'
import type { EnrichmentConfig } from '../../project/project-schema.ts'
import type { Model } from '../../project/project.ts'
import { openSteps, stepNames } from '../../staging/run-steps.ts'
import { stagedTableOf } from '../../staging/staged-table.ts'
import { enrichmentFingerprint } from './enrichment-fingerprint.ts'
import type { FeedFile } from '../sources/find-feeds.ts'
import type { ModelsContext } from './models-context.ts'
import { createPlans } from './plan-models.ts'
import { modelRecordOf, recordModel } from '../record/model-record.ts'

/** What a run changed of the models. */
export interface ModelChanges {
  readonly effects: Effects
  /** By name; a model that is not in it has the rows it had. */
  readonly touched: ReadonlyMap<string, Exclude<Effect, { kind: 'none' }>>
}

/** From so many rows on a part is worth computing in another thread. */
const largePart = 10_000

/** Into so many shares it is cut: enough that neither thread waits long for the other, few enough that cutting costs little. */
const shares = 6

/**
 * Builds enrichments and models in their order. One that reads nothing that changed, and whose SQL is the same, is left as it is; of one
 * that is partitioned, only the parts that hang on what changed are built. The rows of large parts are computed `ahead`.
 */
export async function buildModels(
  context: ModelsContext,
  enrichmentFiles: ReadonlyMap<string, readonly FeedFile[]> | null,
  ahead: ModelsAhead,
  onBuilt: (model: Model, changes: ModelChanges) => void,
): Promise<ModelChanges> {
  const { connection, runId, project, compiler, tracker } = context
  const effects = createEffects(context)
  const planOf = createPlans(context, effects)
  const watch = watchModels(context)
  const touched = new Map<string, Exclude<Effect, { kind: 'none' }>>()
  for (const contract of project.contracts.values()) ensureIndexes(connection, stagedTableOf(contract).table)
  let position = 0
  for (const [index, name] of project.buildOrder.entries()) {
    beginAhead(index)
    const enrichment = project.enrichments.get(name)
    if (enrichment !== undefined) {
      if (!context.built.has(name)) await buildEnrichmentOf(context, enrichment, enrichmentFiles)
      continue
    }
    const model = project.models.get(name)
    const progress = tracker.progress.models.find((entry) => entry.name === name)
    if (model === undefined || progress === undefined) continue
    progress.state = 'running'
    progress.started_at = new Date(now()).toISOString()
    progress.max_seconds = project.config.model_seconds
    tracker.changed(true)
    const { before, fingerprint, isSame, effect, slice, seconds: planned } = planOf(model)
    const startedAt = performance.now()
    const ofThread = await ahead.take(name, (share) => buildTable(connection, runId, share))
    const done = context.built.has(name) ? modelRecordOf(connection, runId, name) : undefined
    if (effect.kind !== 'none') {
      if (done === undefined && ofThread === null) build(model, slice)
      const changes = countChanges(connection, runId, name)
      const isAsked = context.rebuild?.models.has(name) === true
      if (changes > 0 || !isSame || isAsked || model.materialized === 'view') touched.set(name, effect)
    }
    if (done !== undefined) {
      position += 1
      Object.assign(progress, { state: 'resumed', rows: done.rows, seconds: done.seconds })
      tracker.changed(true)
      continue
    }
    const rowsBefore = isSame && before !== undefined ? before.rows : null
    const rows =
      effect.kind === 'none' && rowsBefore !== null ? rowsBefore : countRows(context, model, slice, rowsBefore)
    const seconds = planned + (ofThread ?? 0) + (performance.now() - startedAt) / 1000
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

  /** Has a thread begin with a later model of which a large part is to be built, and all that it reads is there. */
  function beginAhead(index: number): void {
    if (!ahead.isFree()) return
    const isThere = new Set(project.buildOrder.slice(0, index))
    for (const name of project.buildOrder.slice(index + 1)) {
      const model = project.models.get(name)
      if (model?.materialized !== 'table' || context.built.has(name)) continue
      if (!model.readsModels.every((read) => isThere.has(read))) continue
      const { effect, sliceRows } = planOf(model)
      if (effect.kind !== 'part' || sliceRows < largePart) continue
      return ahead.begin(name, sharesOf(model, effect.slice, effect.values))
    }
  }

  function sharesOf(model: Model, slice: Slice, values: number): readonly Share[] {
    return divideSlice(connection, model, slice, Math.min(shares, values)).flatMap((part) => {
      const planned = planBuild(connection, model, compiler, part)
      return planned === null ? [] : [{ build: planned, tables: tablesOf(part) }]
    })
  }

  function build(model: Model, slice: Slice | null): void {
    watch.build(model, (explain) => {
      const planned = planBuild(connection, model, compiler, slice)
      if (planned !== null) buildTable(connection, runId, { ...planned, explain })
    })
  }
}

/** Builds an enrichment from its files, or from what is remembered where none are read. */
async function buildEnrichmentOf(
  { connection, runId, compiler, log }: ModelsContext,
  enrichment: EnrichmentConfig,
  files: ReadonlyMap<string, readonly FeedFile[]> | null,
): Promise<void> {
  const own = files && (files.get(enrichment.name) ?? [])
  const fingerprint = enrichmentFingerprint(enrichment, own)
  const provider = own === null ? createRememberedProvider() : createFileProvider(own, log)
  await buildEnrichment(connection, runId, enrichment, compiler, provider)
  openSteps(connection, runId).once(stepNames.enrich(enrichment.name), () => fingerprint)
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
  const shown = shownModel(model)
  if (shown !== null) return modelRecordOf(connection, runId, shown)?.rows ?? count(compiler)
  if (before === null || slice === null) return count(compiler)
  const was = compiler.narrowed({ slice, condition: isSeenByInParts(publishedRun) })
  return before + count(compiler.narrowed({ slice })) - count(was)
}
