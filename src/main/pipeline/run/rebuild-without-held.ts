import { runChecks } from '../check/run-checks.ts'
import { buildModel } from '../model/build-model.ts'
import { heldStateOf } from '../model/held-rows.ts'
import { mixedModels } from '../project/mixed-models.ts'
import type { Model } from '../project/project.ts'
import type { ModelsContext } from './build-models.ts'

/**
 * Builds the tables again that mix parts, so that the rows that are held back do not count in them either; checks what became of it.
 * The next run builds and checks these models whole: for it the held rows are there.
 */
export function rebuildWithoutHeld(context: ModelsContext, column: string): void {
  const { connection, runId, project, compiler } = context
  const reading = compiler.narrowed(heldStateOf(connection, project, runId))
  const mixed = mixedModels(project, column)
  for (const name of project.buildOrder) {
    const model = project.models.get(name)
    if (model === undefined || !mixed.has(name)) continue
    // First: the model is not what its fingerprint says from here on, wherever the run is broken off.
    connection.prepare("UPDATE assay_run_model SET fingerprint = '' WHERE run_id = ? AND model = ?").run(runId, name)
    buildModel(connection, runId, model, reading, null)
    const rows = connection
      .prepare(`SELECT count(*) FROM ${reading.relation(name)}`)
      .pluck()
      .get()
    connection.prepare('UPDATE assay_run_model SET rows = ? WHERE run_id = ? AND model = ?').run(rows, runId, name)
    checkAgain({ ...context, compiler: reading }, model)
  }
}

function checkAgain(context: ModelsContext, model: Model): void {
  const { connection, runId } = context
  const forget = connection.prepare('DELETE FROM assay_check_failure WHERE run_id = ? AND name = ?')
  for (const { name } of model.checks) forget.run(runId, name)
  const update = connection.prepare(
    'UPDATE assay_run_check SET status = ?, failures = ?, measured = ?, expected = ? WHERE run_id = ? AND name = ?',
  )
  for (const { check, status, failures, measured, expected } of runChecks(context, model, model.checks, null))
    update.run(status, failures, measured, expected, runId, check.name)
}
