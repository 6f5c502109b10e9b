import { quoteName, type Connection } from '../../store/database.ts'
import { changedVersions, countChanges, isSeenByInParts } from '../../store/versioned-table.ts'
import type { Model, Project } from '../project/project.ts'
import { enrichmentColumns, isSlicedBy, sourceTable, type ModelCompiler, type Slice } from './compile-model.ts'
import { addToSlice, countSlice, openSlice } from './slice.ts'

/** What the changes of a run mean for a model: nothing, all of it, or the rows of some values of what it is partitioned by. */
export type Effect =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly slice: Slice; readonly values: number }

export interface Effects {
  /** What the run's changes mean for a model with the same SQL as before; to be asked once all that it reads is built. */
  of(model: Model): Effect
  /** Whether rows of a model or an enrichment may be other ones than before; to be asked once it is built. */
  isChanged(name: string): boolean
}

export interface EffectsContext {
  readonly connection: Connection
  readonly runId: number
  readonly publishedRun: number
  readonly project: Project
  /** For the living rows. */
  readonly compiler: ModelCompiler
}

interface TableInput {
  readonly table: string
  readonly columns: readonly string[]
}

/** Follows what a run changes through the models of a project. Each answer is found once, so ask in the order of the build. */
export function createEffects({ connection, runId, publishedRun, project, compiler }: EffectsContext): Effects {
  const effects = new Map<string, Effect>()
  const changedTables = new Map<string, boolean>()

  function isTableChanged(table: string): boolean {
    const known = changedTables.get(table) ?? countChanges(connection, runId, table) > 0
    changedTables.set(table, known)
    return known
  }

  function isChanged(name: string): boolean {
    const model = project.models.get(name)
    if (model?.materialized !== 'view') return isTableChanged(name)
    return of(model).kind !== 'none' || lookUpsOf(model).some(isChanged)
  }

  function of(model: Model): Effect {
    const effect = effects.get(model.name) ?? follow(model)
    effects.set(model.name, effect)
    return effect
  }

  function viewsReadBy(model: Model): readonly Model[] {
    return model.readsModels.flatMap((name) => {
      const read = project.models.get(name)
      return read?.materialized === 'view' && !model.looksUp.includes(name) ? [read] : []
    })
  }

  /** What values of a model's rows are looked up in, by itself or by the views it reads. */
  function lookUpsOf(model: Model): readonly string[] {
    return [...model.looksUp, ...viewsReadBy(model).flatMap(lookUpsOf)]
  }

  function tablesReadBy(model: Model): readonly TableInput[] {
    const sources = model.readsSources.flatMap((name) => {
      const [group = '', source = ''] = name.split('.')
      const read = sourceTable(project, group, source)
      return read === null ? [] : [read]
    })
    const tables = model.readsModels.flatMap((name): TableInput[] => {
      if (model.looksUp.includes(name)) return []
      const enrichment = project.enrichments.get(name)
      if (enrichment !== undefined) return [{ table: name, columns: enrichmentColumns(enrichment) }]
      const read = project.models.get(name)
      return read?.materialized === 'table' ? [{ table: name, columns: columnsOf(read) }] : []
    })
    return [...sources, ...tables]
  }

  function follow(model: Model): Effect {
    const isSliceable = (columns: readonly string[]) =>
      model.partitionBy.length > 0 && model.partitionBy.every((column) => columns.includes(column))
    const selects: string[] = []
    for (const { table, columns } of tablesReadBy(model)) {
      if (!isTableChanged(table)) continue
      if (!isSliceable(columns)) return { kind: 'whole' }
      selects.push(changedVersions(connection, runId, table, model.partitionBy) ?? '')
    }
    for (const view of viewsReadBy(model)) {
      if (lookUpsOf(view).some((name) => !model.looksUp.includes(name) && isChanged(name))) return { kind: 'whole' }
      const effect = of(view)
      if (effect.kind === 'none') continue
      if (effect.kind === 'whole' || !isSliceable(columnsOf(view))) return { kind: 'whole' }
      selects.push(isSlicedBy(view, model.partitionBy) ? valuesOf(effect.slice) : valuesIn(view, effect.slice, model))
    }
    if (selects.length === 0) return { kind: 'none' }
    const slice = openSlice(connection, model)
    for (const select of selects) addToSlice(connection, slice, select)
    const values = countSlice(connection, slice)
    return values === null ? { kind: 'whole' } : values === 0 ? { kind: 'none' } : { kind: 'part', slice, values }
  }

  /** A SELECT of a model's parts among the rows of a view that the run touched, as they were and as they are. */
  function valuesIn(view: Model, slice: Slice, { partitionBy }: Model): string {
    const before = compiler.narrowed({ slice, condition: isSeenByInParts(publishedRun) })
    const select = `SELECT ${partitionBy.map(quoteName).join(', ')} FROM`
    return `${select} ${before.relation(view.name)} UNION ${select} ${compiler.narrowed({ slice }).relation(view.name)}`
  }

  return { of, isChanged }
}

const columnsOf = (model: Model) => model.columns.map((column) => column.name)

const valuesOf = ({ columns, table }: Slice) =>
  `SELECT ${columns.map(quoteName).join(', ')} FROM temp.${quoteName(table)}`
