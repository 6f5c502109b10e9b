import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../kernel/app-error.ts'
import { addCheck } from '../../project/add-check.ts'
import { listFiles } from '../../project/load-models.ts'
import { parseYaml } from '../../project/parse-yaml.ts'
import { modelFile } from '../../project/project-schema.ts'
import { writeProjectFile } from '../../project/write-project-file.ts'
import type { Workbench } from '../open-workbench.ts'
import { suggestChecks } from './suggest-checks.ts'

/** Writes a suggested check into the project, beside its model; the next run checks it. */
export function adoptCheck(workbench: Workbench, id: string): { readonly path: string; readonly line: number } {
  const suggestion = suggestChecks(workbench).find((one) => one.id === id)
  if (suggestion === undefined)
    throw new AppError('NOT_FOUND', `There is no suggestion ${id}.`, {
      saved: 'The project was not changed.',
      hint: 'The project may have the check by now, or the last run did not keep to it.',
    })
  const path = describingFile(workbench.project.folder, suggestion.model)
  const { text, line } = addCheck(readFileSync(path, 'utf8'), path, suggestion)
  writeProjectFile(path, text)
  return { path, line }
}

function describingFile(folder: string, model: string): string {
  const path = listFiles(join(folder, 'models'), '.yml').find((file) =>
    parseYaml(readFileSync(file, 'utf8'), file, modelFile).models.some(({ name }) => name === model),
  )
  if (path !== undefined) return path
  throw new AppError('PROJECT_INVALID', `No .yml of the project describes ${model}.`, {
    saved: 'The project was not changed.',
  })
}
