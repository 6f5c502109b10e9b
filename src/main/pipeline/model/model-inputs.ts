import type { ColumnType } from '../../kernel/column-type.ts'
import type { Model, Project } from '../project/project.ts'
import { enrichmentColumns, sourceTable, type ModelCompiler } from './compile-model.ts'

/** Something that a model reads: a source, a model or an enrichment, to be put behind FROM. */
export interface ModelInput {
  readonly name: string
  readonly kind: 'source' | 'model' | 'enrichment'
  readonly sql: string
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[]
  /** The versioned table behind it; null for a view. */
  readonly table: string | null
}

/** What a model reads, in the state that the compiler is for. */
export function inputsOf(project: Project, compiler: ModelCompiler, model: Model): readonly ModelInput[] {
  const sources = model.readsSources.flatMap((reference): ModelInput[] => {
    const [group = '', name = ''] = reference.split('.')
    const contract = group === 'assay' ? undefined : project.contracts.get(name)
    const known = sourceTable(project, group, name)
    if (contract === undefined || known === null) return []
    const types = new Map(contract.staged.map((column) => [column.name, column.type]))
    return [
      {
        name,
        kind: 'source',
        sql: compiler.render(`{{ source('${group}', '${name}') }}`, model.path),
        columns: known.columns.map((column) => ({ name: column, type: types.get(column) ?? 'text' })),
        table: known.table,
      },
    ]
  })
  const models = model.readsModels.flatMap((name): ModelInput[] => {
    const sql = compiler.relation(name)
    const enrichment = project.enrichments.get(name)
    if (enrichment !== undefined) {
      const columns = enrichmentColumns(enrichment).map((column) => ({ name: column, type: 'text' as const }))
      return [{ name, kind: 'enrichment', sql, columns, table: name }]
    }
    const read = project.models.get(name)
    if (read === undefined) return []
    const table = read.materialized === 'table' ? name : null
    return [{ name, kind: 'model', sql, columns: read.columns, table }]
  })
  return [...sources, ...models]
}
