import { AppError } from '../../kernel/app-error.ts'
import type { Connection } from '../../store/database.ts'
import { quoteName } from '../../store/database.ts'
import { writeExport, type ExportFileFormat } from '../export/write-export.ts'
import type { ModelCompiler } from '../model/compile-model.ts'
import type { Model } from '../project/project.ts'

export interface ExportedFile {
  readonly path: string
  readonly rows: number
  readonly bytes: number
}

/** Writes a model's rows, ordered by its grain, to a file in `folder`; the file appears whole or not at all. */
export function exportModel(
  connection: Connection,
  compiler: ModelCompiler,
  model: Model,
  folder: string,
  format: ExportFileFormat,
): ExportedFile {
  const columns = model.columns.filter((column) => !column.isHidden)
  const select = connection
    .prepare(
      `SELECT ${columns.map((column) => quoteName(column.name)).join(', ')} FROM ${compiler.relation(model.name)} ORDER BY ${model.grain.map(quoteName).join(', ')}`,
    )
    .raw()
  // Begun only once the file is open: a statement that is begun and never read to its end keeps the connection busy.
  const rows = { [Symbol.iterator]: () => select.iterate() as IterableIterator<readonly unknown[]> }
  const write = () =>
    writeExport({
      folder,
      name: model.name,
      columns: columns.map(({ name, type }) => ({ name, type })),
      rows,
      format,
    })
  try {
    return write()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'MODEL_FAILED') throw error
    // Integers that no number holds exactly; to read all of every table in this way takes twice as long.
    select.safeIntegers()
    return write()
  }
}
