import { AppError } from '../../kernel/app-error.ts'
import type { ModelCompiler } from '../model/compile-model.ts'
import { exportModel } from './export-model.ts'
import { recordExport } from './record/run-record.ts'
import { enter, type OpenRun } from './run-context.ts'

/** Writes every model as CSV and Parquet. The run is published already, so a full disk here loses none of it. */
export function exportRun(run: OpenRun, compiler: ModelCompiler): void {
  const { connection, project, request, runId } = run
  const { exportFolder } = request
  if (exportFolder === null) return
  enter(run, 'exporting')
  const models = [...project.models.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  try {
    for (const model of models)
      for (const format of ['csv', 'parquet'] as const)
        recordExport(connection, runId, exportModel(connection, compiler, model, exportFolder, format).path)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, error.message, {
      place: error.place,
      saved: `Run ${runId} is published; not all of its exports were written.`,
      hint: error.hint ?? 'Write them with: assay export --out FOLDER',
      cause: error,
    })
  }
}
