import { AppError } from '../../../kernel/app-error.ts'
import {
  conditionsOf,
  createModelCompiler,
  enrichmentColumns,
  heldTable,
  type ModelCompiler,
} from '../../model/compile-model.ts'
import { heldStateOf } from '../../model/held-rows.ts'
import type { Workbench } from '../open-workbench.ts'
import { dayOfRun } from '../record/day-of-run.ts'
import { candidateRunOf } from '../publish/candidates.ts'
import { stagedTableOf } from '../../staging/staged-table.ts'
import { quoteName } from '../../../store/database.ts'
import { isLiving, seenCondition } from '../../../store/versioned-table.ts'
import type { Layer, RelationColumn } from './relation-shapes.ts'

/** The rows of a source, an enrichment or a model in one state of the data, to be put behind FROM. */
export interface Relation {
  readonly name: string
  readonly layer: Layer
  readonly sql: string
  /** What a person sees; the key may have columns that are not among them. */
  readonly columns: readonly RelationColumn[]
  readonly key: readonly RelationColumn[]
  /** The columns that rows may be matched by, those included that nobody is shown. */
  readonly allColumns: readonly string[]
  /** The tables of the workspace that the SQL reads. */
  readonly tables: ReadonlySet<string>
}

/** Relations in one state of the data, that of readers or of a candidate, and the compiler and the as-of date of that state. */
export interface PublishedState {
  readonly compiler: ModelCompiler
  readonly asOf: number
  relationOf(name: string): Relation
}

/** The state that readers see now. */
export function publishedState(workbench: Workbench): PublishedState {
  return stateOfRun(workbench, workbench.publishedRun())
}

/** The state that readers of a run see, or saw, or would see: its rows must be kept still. */
export function stateOfRun(workbench: Workbench, run: number): PublishedState {
  return stateAfter(workbench, run, seenCondition(workbench.connection, run))
}

/** The state in which a candidate left the tables: nothing was written after it. */
export function candidateState(workbench: Workbench): PublishedState {
  const run = candidateRunOf(workbench.connection)
  if (run !== null) return stateAfter(workbench, run, isLiving)
  throw new AppError('NOT_FOUND', 'No run lies beside the published one: there is no candidate.', {
    hint: 'A run that a check blocked is one. Where another run has started since, bring it back first: assay runs inspect RUN',
  })
}

/** The state in which the last run left the tables, also those rows of which readers see older ones. */
export function latestState(workbench: Workbench): PublishedState {
  const run = workbench.connection.prepare('SELECT max(run_id) FROM assay_run_table').pluck().get()
  return stateAfter(workbench, Number(run ?? 0), isLiving, {})
}

function stateAfter(
  { connection, project }: Workbench,
  run: number,
  condition: string,
  held = heldStateOf(connection, project, run),
): PublishedState {
  const asOf = dayOfRun(connection, run) ?? 0
  const state = { condition, asOf, ...held }
  const compiler = createModelCompiler(project, state)
  const listing = state.held === undefined ? [] : [heldTable]
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
    const text = (column: string, description: string): RelationColumn => ({
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
    const allColumns = staged.table.columns.map((column) => column.name)
    const seen = conditionsOf(state, staged.table.name, allColumns).map((one) => `(${one})`)
    return {
      name,
      layer: 'source',
      sql: `(SELECT *, from_run AS loaded_run_id FROM ${quoteName(staged.table.name)} WHERE ${seen.join(' OR ')})`,
      columns,
      key: staged.key.map((key) => columns.find((column) => column.name === key) ?? text(key, '')),
      allColumns,
      tables: new Set([staged.table.name, ...listing]),
    }
  }

  function enrichmentRelation(name: string): Relation | null {
    const enrichment = project.enrichments.get(name)
    if (enrichment === undefined) return null
    const columns = enrichmentColumns(enrichment).map((column): RelationColumn => ({
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
      tables: model.materialized === 'view' ? compiler.tablesRead(model) : new Set([name, ...listing]),
    }
  }

  function noModel(name: string): never {
    throw new AppError('NOT_FOUND', `The project has no model ${name}.`, {
      hint: `It has: ${[...project.models.keys()].join(', ')}.`,
    })
  }

  return { compiler, asOf, relationOf }
}
