import { join, resolve } from 'node:path'
import type { HandlersFor } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { exportModel, type ExportedFile } from '../../pipeline/run/export-model.ts'
import type { EngineContext } from '../context.ts'
import type { exportsMethods } from './protocol.ts'

/** Writes published rows to files. */
export function exportsHandlers({ workbench }: EngineContext): HandlersFor<typeof exportsMethods> {
  const { project, connection } = workbench
  const names = () => [...project.models.keys()].toSorted()
  return {
    names,
    write({ names: wanted, formats, out }) {
      if (workbench.publishedRun() === 0)
        throw new AppError('NOT_FOUND', 'Nothing is published yet, so there is nothing to export.', {
          saved: 'No file was written.',
          hint: 'Run the pipeline first.',
        })
      const compiler = workbench.publishedCompiler()
      const files: ExportedFile[] = []
      const models = (wanted.length === 0 ? names() : wanted).map((name) => {
        const model = project.models.get(name)
        if (model === undefined)
          throw new AppError('USAGE', `There is no export ${name}.`, {
            saved: 'No file was written.',
            hint: `There are: ${names().join(', ')}.`,
          })
        return model
      })
      const folder = out === undefined ? join(workbench.workspaceFolder, 'exports') : resolve(out)
      for (const model of models)
        for (const format of formats) files.push(exportModel(connection, compiler, model, folder, format))
      return { files }
    },
  }
}
