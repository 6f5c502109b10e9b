import type { Project } from './project.ts'

/** The column by whose values rows are held back: all checks and gates of a project that say `per` name the same. Null where none does. */
export function partColumnOf({ models, contracts }: Pick<Project, 'models' | 'contracts'>): string | null {
  const named = [
    ...[...contracts.values()].map(({ gates }) => gates.per),
    ...[...models.values()].flatMap(({ checks }) => checks.map(({ per }) => per)),
  ]
  return named.find((per) => per !== null) ?? null
}
