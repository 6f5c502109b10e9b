import type { Project } from '../../project/project.ts'
import { shownModel } from '../../model/shown-model.ts'

/** The relation whose metrics are those of a source or a model: of one that shows another's rows as they are, that other's. */
export function measuredName(project: Project, relation: string): string {
  const model = project.models.get(relation)
  const shown = model === undefined ? null : shownModel(model)
  return shown === null ? relation : measuredName(project, shown)
}
