import type { Project } from '../../../pipeline/project/project.ts'

/** The sources, models and enrichments that a model or an enrichment reads; a source reads nothing. */
export function readsOf(project: Project, name: string): readonly string[] {
  const enrichment = project.enrichments.get(name)
  if (enrichment !== undefined) return [enrichment.keys.model]
  const model = project.models.get(name)
  if (model === undefined) return []
  const feeds = model.readsSources.filter((source) => source.startsWith('feeds.'))
  // A finding is of a record of any source; its row there is known by the record's number.
  const hasFindings =
    model.readsSources.includes('assay.findings') && model.columns.some((column) => column.name === 'arrival')
  const found = hasFindings ? [...project.contracts.keys()] : []
  return [...new Set([...feeds.map((source) => source.slice('feeds.'.length)), ...found, ...model.readsModels])]
}
