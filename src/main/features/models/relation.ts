import { AppError } from '../../kernel/app-error.ts'
import { createModelCompiler, enrichmentColumns, type ModelCompiler } from '../../pipeline/model/compile-model.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import { stagedTableOf } from '../../pipeline/staging/staged-table.ts'
import { quoteName } from '../../store/database.ts'
import { isLiving, isSeenBy } from '../../store/versioned-table.ts'
import type { Layer, ModelColumn } from './protocol.ts'

/** The rows of a source, an enrichment or a model in one state of the data, to be put behind FROM. */
export interface Relation {
  readonly name: string
  readonly layer: Layer
  readonly sql: string
  /** What a person sees; the key may have columns that are not among them. */
  readonly columns: readonly ModelColumn[]
  readonly key: readonly ModelColumn[]
  /** The columns that rows may be matched by, those included that nobody is shown. */
  readonly allColumns: readonly string[]
  /** The tables of the workspace that the SQL reads. */
  readonly tables: ReadonlySet<string>
}

/** Relations in the state that readers see, and the compiler and the as-of date of that state. */
export interface PublishedState {
  readonly compiler: ModelCompiler
  readonly asOf: number
  relationOf(name: string): Relation
}

/** The state that readers see now. Where nothing was written after the published run its rows are the living ones, which have indexes. */
export function publishedState(workbench: Workbench): PublishedState {
  const { connection, project } = workbench
  const run = workbench.publishedRun()
  const isLatest = connection.prepare('SELECT 1 FROM assay_run_table WHERE run_id > ? LIMIT 1').get(run) === undefined
  const condition = isLatest && run > 0 ? isLiving : isSeenBy(run)
  const asOf = Number(connection.prepare('SELECT as_of FROM assay_run WHERE run_id = ?').pluck().get(run) ?? 0)
  const compiler = createModelCompiler(project, { condition, asOf })
  const known = new Map<string, Relation>()

  function relationOf(name: string): Relation {
    const relation =
      known.get(name) ?? sourceRelation(name) ?? enrichmentRelation(name) ?? modelRelation(name) ?? noModel(name)
    known.set(name, relation)
    return relation
  }

  function sourceRelation(name: string): Relation | null {
    const contract = project.contracts.get(name)
    if (contract === undefined) return null
    const staged = stagedTableOf(contract)
    const text = (column: string, description: string): ModelColumn => ({
      name: column,
      type: 'text',
      description,
      is_key: false,
    })
    const columns = [
      ...contract.staged.map(({ name: column, type, description }) => ({
        name: column,
        type,
        description,
        is_key: contract.key.includes(column),
      })),
      text('row_id', 'File and line the row came from.'),
    ]
    return {
      name,
      layer: 'source',
      sql: `(SELECT *, from_run AS loaded_run_id FROM ${quoteName(staged.table.name)} WHERE ${condition})`,
      columns,
      key: staged.key.map((key) => columns.find((column) => column.name === key) ?? text(key, '')),
      allColumns: staged.table.columns.map((column) => column.name),
      tables: new Set([staged.table.name]),
    }
  }

  function enrichmentRelation(name: string): Relation | null {
    const enrichment = project.enrichments.get(name)
    if (enrichment === undefined) return null
    const columns = enrichmentColumns(enrichment).map((column): ModelColumn => ({
      name: column,
      type: 'text',
      description: '',
      is_key: column === enrichment.key,
    }))
    return {
      name,
      layer: 'intermediate',
      sql: compiler.relation(name),
      columns,
      key: columns.filter((column) => column.is_key),
      allColumns: columns.map((column) => column.name),
      tables: new Set([name]),
    }
  }

  function modelRelation(name: string): Relation | null {
    const model = project.models.get(name)
    if (model === undefined) return null
    const columns = model.columns.map(({ name: column, type, description }) => ({
      name: column,
      type,
      description,
      is_key: model.grain.includes(column),
    }))
    return {
      name,
      layer: model.layer,
      sql: compiler.relation(name),
      columns: columns.filter((_, index) => model.columns[index]?.isHidden !== true),
      key: model.grain.flatMap((key) => columns.filter((column) => column.name === key)),
      allColumns: columns.map((column) => column.name),
      tables: model.materialized === 'view' ? compiler.tablesRead(model) : new Set([name]),
    }
  }

  function noModel(name: string): never {
    throw new AppError('NOT_FOUND', `The project has no model ${name}.`, {
      hint: `It has: ${[...project.models.keys()].join(', ')}.`,
    })
  }

  return { compiler, asOf, relationOf }
}
