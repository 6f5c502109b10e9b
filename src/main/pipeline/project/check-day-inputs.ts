import type { SourceContract } from '../contract/source-contract.ts'
import { invalidProject } from './invalid-project.ts'
import type { Model } from './project.ts'

/** Checks that a model which names the days that its rows hang on can be built by them. */
export function checkDayInputs(
  model: Model,
  models: ReadonlyMap<string, Model>,
  contracts: ReadonlyMap<string, SourceContract>,
): void {
  const { name, path, eventDate, partitionBy, grain, materialized } = model
  if (eventDate === null || eventDate.inputs.length === 0) return
  const refuse = (why: string) => invalidProject(path, `the inputs of the event_date of ${name} ${why}`)
  if (materialized !== 'table' || partitionBy.length === 0)
    throw refuse('are for tables with a partition_by: there is nothing to build in parts')
  if (partitionBy.includes(eventDate.column))
    throw refuse(`need another column than ${eventDate.column}, which is in its partition_by`)
  // A row without a day would be of no part; columns of the grain are never null.
  if (!grain.includes(eventDate.column)) throw refuse(`need ${eventDate.column} in its grain`)
  if (new Set(eventDate.inputs.map(({ to }) => to)).size < eventDate.inputs.length) throw refuse('name something twice')
  for (const { to, column } of eventDate.inputs) {
    const read = model.readsModels.includes(to) ? models.get(to) : undefined
    const feed = model.readsSources.includes(`feeds.${to}`) ? contracts.get(to) : undefined
    if (read?.materialized !== 'table' && feed === undefined)
      throw refuse(`name ${to}, which is no source or table that it reads`)
    const columns = read?.columns ?? feed?.staged ?? []
    if (!columns.some((one) => one.name === column && one.type === 'date'))
      throw refuse(`name ${column}, which is no date in ${to}`)
  }
}
