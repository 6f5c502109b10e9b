import { invalidProject } from './invalid-project.ts'
import { mixedModels } from './mixed-models.ts'
import { partColumnOf } from './part-column.ts'
import type { Project } from './project.ts'

/**
 * Checks that gates and checks which block only a part of the rows can do so: all mean parts by one column, so that a row is held back with
 * one part or not at all, and each check is of a model whose rows hang on the rows of their own part alone.
 */
export function checkParts(project: Pick<Project, 'models' | 'contracts' | 'enrichments' | 'buildOrder'>): void {
  const column = partColumnOf(project)
  if (column === null) return
  for (const { name, gates } of project.contracts.values())
    if (gates.per !== null && gates.per !== column)
      throw otherColumn(`contracts/${name}.yml`, `the contract`, gates.per, column)
  const mixed = mixedModels(project, column)
  for (const model of project.models.values())
    for (const { name, per } of model.checks) {
      if (per === null) continue
      if (per !== column) throw otherColumn(model.path, `the check ${name}`, per, column)
      if (mixed.has(model.name))
        throw invalidProject(
          model.path,
          `the check ${name} blocks by ${per}, but a row of ${model.name} may hang on several; add ${per} to its partition_by, or leave per out`,
        )
    }
}

function otherColumn(path: string, what: string, per: string, column: string): Error {
  return invalidProject(
    path,
    `${what} blocks by ${per} and another one by ${column}; all checks and contracts of a project must name the same column in per`,
  )
}
