import type { Connection } from '../../store/database.ts'
import { countChanges } from '../../store/versioned-table.ts'
import { runChecks } from '../check/run-checks.ts'
import { buildEnrichment } from '../enrichment/build-enrichment.ts'
import { createFileProvider } from '../enrichment/file-provider.ts'
import { buildModel, fingerprintOf } from '../model/build-model.ts'
import type { ModelCompiler } from '../model/compile-model.ts'
import type { Model, Project } from '../project/project.ts'
import type { FeedFile } from './find-feeds.ts'
import { modelRecordOf, recordCheck, recordModel, repeatChecks } from './run-record.ts'
import type { ProgressTracker } from './run-progress.ts'

export interface ModelsContext {
  readonly connection: Connection
  readonly runId: number
  readonly publishedRun: number
  readonly project: Project
  readonly compiler: ModelCompiler
  readonly tracker: ProgressTracker
}

/** Builds enrichments and models in their order. One that reads nothing that changed, and whose SQL is the same, is left as it is. Returns the changed ones. */
export async function buildModels(
  context: ModelsContext,
  enrichmentFiles: ReadonlyMap<string, readonly FeedFile[]>,
): Promise<ReadonlySet<string>> {
  const { connection, runId, project, compiler, tracker } = context
  const changed = new Set<string>()
  let position = 0
  for (const name of project.buildOrder) {
    const enrichment = project.enrichments.get(name)
    if (enrichment !== undefined) {
      const changes = await buildEnrichment(
        connection,
        runId,
        enrichment,
        compiler,
        createFileProvider(enrichmentFiles.get(name) ?? []),
      )
      if (changes > 0) changed.add(name)
      continue
    }
    const model = project.models.get(name)
    const progress = tracker.progress.models.find((entry) => entry.name === name)
    if (model === undefined || progress === undefined) continue
    progress.state = 'running'
    tracker.changed(true)
    const startedAt = performance.now()
    const before = modelRecordOf(connection, context.publishedRun, name)
    const fingerprint = fingerprintOf(model, compiler)
    const isTouched = before?.fingerprint !== fingerprint || readsChanges(context, model, changed)
    if (isTouched) {
      const changes = buildModel(connection, runId, model, compiler)
      if (changes > 0 || model.materialized === 'view' || before === undefined) changed.add(name)
    }
    const rows =
      isTouched || before === undefined
        ? Number(
            connection
              .prepare(`SELECT count(*) FROM ${compiler.relation(name)}`)
              .pluck()
              .get(),
          )
        : before.rows
    const seconds = (performance.now() - startedAt) / 1000
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
    progress.state = isTouched ? 'done' : 'skipped'
    tracker.changed(true)
  }
  return changed
}

function readsChanges(
  { connection, runId, compiler }: ModelsContext,
  model: Model,
  changed: ReadonlySet<string>,
): boolean {
  return [...compiler.tablesRead(model)].some(
    (table) => changed.has(table) || countChanges(connection, runId, table) > 0,
  )
}

/** Runs the checks of all models; a model that did not change, nor what its checks refer to, keeps the results it had. */
export function checkModels(context: ModelsContext, changed: ReadonlySet<string>): void {
  const { connection, runId, project, publishedRun } = context
  let position = 0
  for (const model of project.models.values()) {
    const refersTo = model.checks.flatMap(({ test }) => (test.kind === 'relationships' ? [test.to] : []))
    const isTouched =
      [model.name, ...refersTo].some((name) => changed.has(name)) || readsChanges(context, model, changed)
    if (!isTouched) {
      position += repeatChecks(connection, publishedRun, runId, model.name, position)
      continue
    }
    for (const outcome of runChecks(connection, runId, model, context.compiler)) {
      recordCheck(connection, runId, position, outcome)
      position += 1
    }
  }
}
