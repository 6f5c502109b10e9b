import type { Model, Project } from './project.ts'

type Parts = Pick<Project, 'models' | 'contracts' | 'enrichments' | 'buildOrder'>

/**
 * The models whose rows hang on several parts, where a part is the rows of one value of a column: totals over companies, ranks of
 * companies, and what is made of them.
 */
export function mixedModels(project: Parts, column: string): ReadonlySet<string> {
  const { models, contracts, enrichments, buildOrder } = project
  const having = new Set<string>([
    ...[...contracts.values()].filter(({ staged }) => staged.some(({ name }) => name === column)).map(feedOf),
    ...[...enrichments.values()].filter(({ key, fields }) => [key, ...fields].includes(column)).map(({ name }) => name),
  ])
  const mixed = new Set<string>()
  for (const name of buildOrder) {
    const model = models.get(name)
    if (model === undefined) continue
    const inputs = [...model.readsSources, ...model.readsModels.filter((read) => !model.looksUp.includes(read))]
    const readsParts = inputs.some((input) => having.has(input))
    if (inputs.some((input) => mixed.has(input)) || (readsParts && !keepsParts(model, column))) mixed.add(name)
    // A model whose rows are made of parts passes them on, also where it has no such column.
    if (readsParts) having.add(name)
  }
  return mixed
}

const feedOf = ({ name }: { readonly name: string }) => `feeds.${name}`

/** Whether a row of a model hangs on the rows of its own part alone: it is partitioned so, or made of rows with its own key. */
function keepsParts({ columns, partitionBy, grain }: Model, column: string): boolean {
  const isRowByRow = partitionBy.length > 0 && partitionBy.join() === grain.join()
  return partitionBy.includes(column) || (isRowByRow && columns.some(({ name }) => name === column))
}
