import { invalidProject } from './invalid-project.ts'
import { mixedModels } from './mixed-models.ts'
import type { Project } from './project.ts'

/**
 * Checks that checks which block only a part of the rows can do so: all mean parts by one column, so that a row is held back with one
 * part or not at all, and each is of a model whose rows hang on the rows of their own part alone.
 */
export function checkParts(project: Pick<Project, 'models' | 'contracts' | 'enrichments' | 'buildOrder'>): void {
  const checks = [...project.models.values()].flatMap((model) =>
    model.checks.flatMap(({ name, per }) => (per === null ? [] : [{ name, per, model }])),
  )
  const [first] = checks
  if (first === undefined) return
  const mixed = mixedModels(project, first.per)
  for (const { name, per, model } of checks) {
    if (per !== first.per)
      throw invalidProject(
        model.path,
        `the check ${name} blocks by ${per} and ${first.name} by ${first.per}; all checks of a project must name the same column in per`,
      )
    if (mixed.has(model.name))
      throw invalidProject(
        model.path,
        `the check ${name} blocks by ${per}, but a row of ${model.name} may hang on several; add ${per} to its partition_by, or leave per out`,
      )
  }
}
