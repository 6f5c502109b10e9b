import { runChecks } from '../../check/run-checks.ts'
import { planBuild } from '../../model/plan-build.ts'
import { buildTable } from '../../model/build-table.ts'
import type { ModelCompiler } from '../../model/compile-model.ts'
import { heldStateOf } from '../../model/held-rows.ts'
import { mixedModels } from '../../project/mixed-models.ts'
import type { Check, Model } from '../../project/project.ts'
import type { ModelsContext } from './models-context.ts'

/**
 * Builds the tables again that mix parts, so that the rows that are held back do not count in them either; checks what became of it, and
 * asks `blocking` checks again that failed: readers do not see the rows that are held. The next run builds and checks these models whole: for
 * it the held rows are there.
 */
export function rebuildWithoutHeld(context: ModelsContext, column: string, blocking: readonly Check[]): void {
  const { connection, runId, project, compiler } = context
  const reading = compiler.narrowed(heldStateOf(connection, project, runId))
  const mixed = mixedModels(project, column)
  for (const name of project.buildOrder) {
    const model = project.models.get(name)
    if (model === undefined) continue
    const checks = mixed.has(name) ? model.checks : blocking.filter((check) => check.model === name)
    if (!mixed.has(name) && checks.length === 0) continue
    // First: the model is not what its fingerprint says from here on, wherever the run is broken off.
    connection.prepare("UPDATE assay_run_model SET fingerprint = '' WHERE run_id = ? AND model = ?").run(runId, name)
    if (mixed.has(name)) buildAgain(context, model, reading)
    checkAgain({ ...context, compiler: reading }, model, checks)
  }
}

function buildAgain({ connection, runId }: ModelsContext, model: Model, reading: ModelCompiler): void {
  const build = planBuild(connection, model, reading, null)
  if (build !== null) buildTable(connection, runId, build)
  const rows = connection
    .prepare(`SELECT count(*) FROM ${reading.relation(model.name)}`)
    .pluck()
    .get()
  connection.prepare('UPDATE assay_run_model SET rows = ? WHERE run_id = ? AND model = ?').run(rows, runId, model.name)
}

function checkAgain(context: ModelsContext, model: Model, checks: readonly Check[]): void {
  const { connection, runId } = context
  const forget = connection.prepare('DELETE FROM assay_check_failure WHERE run_id = ? AND name = ?')
  for (const { name } of checks) forget.run(runId, name)
  const update = connection.prepare(
    'UPDATE assay_run_check SET status = ?, failures = ?, measured = ?, expected = ? WHERE run_id = ? AND name = ?',
  )
  for (const { check, status, failures, measured, expected } of runChecks(context, model, checks, null))
    update.run(status, failures, measured, expected, runId, check.name)
}
