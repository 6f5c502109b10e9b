import type { Project } from '../../project/project.ts'

/** The columns whose values are about a person, as the contracts say; models that show them call them the same. */
export function personalColumns(project: Project): ReadonlySet<string> {
  return new Set(
    [...project.contracts.values()].flatMap(({ staged }) =>
      staged.filter((column) => column.isPersonal).map(({ name }) => name),
    ),
  )
}
