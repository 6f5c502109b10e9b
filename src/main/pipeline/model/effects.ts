import { quoteName, type Connection } from '../../store/database.ts'
import { countChanges, isSeenByInParts } from '../../store/versioned-table.ts'
import type { Model, Project } from '../project/project.ts'
import { addAgreeingParts } from './add-agreeing-parts.ts'
import { enrichmentColumns, sourceTable, type ModelCompiler } from './compile-model.ts'
import type { Slice } from './slice-rows.ts'
import { shareChanges, type ReadColumns } from './share-changes.ts'
import { addDaysToSlice, addToSlice, countSlice, openSlice, type DayReach } from './slice.ts'

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
  /** Null where the model does not say on which of its days a row hangs. */
  readonly reach: DayReach | null
}

/** A SELECT of values of columns that a model is partitioned by, or of some of them, on which the run's changes bear. */
interface Touch {
  readonly columns: readonly string[]
  readonly sql: string
  readonly reach: DayReach | null
}

/** Beyond so many changed rows of an input the days of each are not followed: most days are touched, and it costs more than it saves. */
const mostDated = 100_000

/** Follows what a run changes through the models of a project. Each answer is found once, so ask in the order of the build. */
export function createEffects({ connection, runId, publishedRun, project, compiler }: EffectsContext): Effects {
  const effects = new Map<string, Effect>()
  const changedTables = new Map<string, number>()

  function changesOf(table: string): number {
    const known = changedTables.get(table) ?? countChanges(connection, runId, table)
    changedTables.set(table, known)
    return known
  }

  function isChanged(name: string): boolean {
    const model = project.models.get(name)
    if (model?.materialized !== 'view') return changesOf(name) > 0
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
      return read === null ? [] : [{ ...read, reach: group === 'assay' ? null : reachInto(model, source) }]
    })
    const tables = model.readsModels.flatMap((name): TableInput[] => {
      if (model.looksUp.includes(name)) return []
      const enrichment = project.enrichments.get(name)
      if (enrichment !== undefined) return [{ table: name, columns: enrichmentColumns(enrichment), reach: null }]
      const read = project.models.get(name)
      return read?.materialized === 'table'
        ? [{ table: name, columns: columnsOf(read), reach: reachInto(model, name) }]
        : []
    })
    return [...sources, ...tables]
  }

  const changesIn = shareChanges(connection, runId, columnsRead())

  function columnsRead(): ReadonlyMap<string, ReadColumns> {
    const read = new Map<string, ReadColumns>()
    for (const model of project.models.values())
      for (const { table, columns, reach } of tablesReadBy(model)) {
        const shared = sharedOf(model, columns)
        if (shared.length === 0) continue
        const known = read.get(table) ?? { columns: new Set(), models: 0 }
        for (const column of askedOf(shared, reach)) known.columns.add(column)
        known.models += 1
        read.set(table, known)
      }
    return read
  }

  function follow(model: Model): Effect {
    const touches: Touch[] = []
    for (const { table, columns, reach: declared } of tablesReadBy(model)) {
      const changes = changesOf(table)
      if (changes === 0) continue
      const shared = sharedOf(model, columns)
      if (shared.length === 0) return { kind: 'whole' }
      const reach = changes > mostDated || shared.length < model.partitionBy.length ? null : declared
      touches.push({ columns: shared, sql: changesIn(table, askedOf(shared, reach)), reach })
    }
    for (const view of viewsReadBy(model)) {
      if (lookUpsOf(view).some((name) => !model.looksUp.includes(name) && isChanged(name))) return { kind: 'whole' }
      const effect = of(view)
      if (effect.kind === 'none') continue
      const shared = sharedOf(model, columnsOf(view))
      if (effect.kind === 'whole' || shared.length === 0) return { kind: 'whole' }
      touches.push({ columns: shared, sql: valuesIn(view, effect.slice, shared), reach: null })
    }
    if (touches.length === 0) return { kind: 'none' }
    const slice = openSlice(connection, project, model)
    for (const { columns, sql, reach } of touches)
      if (columns.length < model.partitionBy.length) {
        if (!addAgreeingParts({ connection, publishedRun, compiler }, model, slice, columns, sql))
          return { kind: 'whole' }
      } else if (reach === null) addToSlice(connection, slice, sql)
      else addDaysToSlice(connection, slice, sql, reach)
    const values = countSlice(connection, slice)
    return values === null ? { kind: 'whole' } : values === 0 ? { kind: 'none' } : { kind: 'part', slice, values }
  }

  /** A SELECT of the values of some columns among the rows of a view that the run touched, as they were and as they are. */
  function valuesIn(view: Model, slice: Slice, columns: readonly string[]): string {
    const select = `SELECT ${columns.map(quoteName).join(', ')} FROM`
    if (columns.every((column) => slice.columns.includes(column))) return `${select} temp.${quoteName(slice.table)}`
    const before = compiler.narrowed({ slice, condition: isSeenByInParts(publishedRun) })
    return `${select} ${before.relation(view.name)} UNION ${select} ${compiler.narrowed({ slice }).relation(view.name)}`
  }

  return { of, isChanged }
}

const reachInto = ({ eventDate }: Model, name: string) => eventDate?.inputs.find(({ to }) => to === name) ?? null

/** The columns that a model is partitioned by, as far as something that it reads has them. */
const sharedOf = ({ partitionBy }: Model, columns: readonly string[]) =>
  partitionBy.filter((column) => columns.includes(column))

/** The columns that tell what of a model hangs on a row that it reads. */
const askedOf = (shared: readonly string[], reach: DayReach | null) =>
  reach === null ? shared : [...new Set([...shared, reach.column])]

const columnsOf = (model: Model) => model.columns.map((column) => column.name)
