import { AppError } from '../../../kernel/app-error.ts'
import { formatters } from '../../../kernel/format-value.ts'
import { quoteName, quoteText, type Connection } from '../../../store/database.ts'
import { parseDate } from '../../contract/parse-date.ts'
import { sourceTable, type ModelCompiler } from '../../model/compile-model.ts'
import type { Effect } from '../../model/effects.ts'
import { selectModels } from '../../model/select-models.ts'
import { addToSlice, countSlice, openSlice } from '../../model/slice.ts'
import type { Model, Project } from '../../project/project.ts'
import { readCompanies } from '../named-companies.ts'

/** What a run builds again although nothing of it changed; plain data. */
export interface RebuildRequest {
  /** Selectors as dbt writes them, such as `stg_claims+`; none for all models. */
  readonly select: readonly string[]
  /** The companies of a backfill, in their normal form; none for all. */
  readonly companies: readonly string[]
  /** The first and the last day of a backfill, `YYYY-MM-DD`; null where it is open. */
  readonly from: string | null
  readonly to: string | null
}

/** A checked rebuild of a project's models. */
export interface Rebuild {
  readonly models: ReadonlySet<string>
  readonly companies: readonly string[]
  /** In days; null where all event dates are meant. */
  readonly days: { readonly from: number; readonly to: number } | null
}

/** Checks what is to be built again against the project. */
export function planRebuild(project: Project, { select, companies, from, to }: RebuildRequest): Rebuild {
  const named = readCompanies(project, companies, 'No run was started.')
  const models = select.length === 0 ? new Set(project.models.keys()) : selectModels(project, select)
  if (companies.length > 0 && project.config.company === undefined)
    throw refused(
      `The project ${project.config.name} names no company column, so nothing can be built again by company.`,
      'Name days, or nothing at all: then everything is built again.',
    )
  const days = { from: dayOf(from) ?? -Infinity, to: dayOf(to) ?? Infinity }
  if (days.from > days.to)
    throw refused(
      `The days from ${from} to ${to} are none: the first is after the last.`,
      'Give the earlier day first.',
    )
  return { models, companies: named, days: from === null && to === null ? null : days }
}

/** A line for the log: what is built again. */
export function describeRebuild({ models, companies, days }: Rebuild, project: Project): string {
  const named = `${[...models].join(', ')} ${models.size === 1 ? 'is' : 'are'}`
  const which = models.size === project.models.size ? 'All models are' : named
  const of = companies.length === 0 ? '' : ` for ${companies.join(', ')}`
  const bound = (day: number, word: string) => (Number.isFinite(day) ? ` ${word} ${formatters.date(day)}` : '')
  const when = days === null ? '' : `${bound(days.from, 'from')}${bound(days.to, 'to')}`
  return `${which} built again${of}${when}.`
}

function dayOf(text: string | null): number | null {
  const day = text === null ? null : parseDate(text)
  if (day === undefined) throw refused(`${text} is not a day.`, 'Write days as YYYY-MM-DD, as in 2022-02-28.')
  return day
}

function refused(message: string, hint: string): AppError {
  return new AppError('USAGE', message, { saved: 'No run was started.', hint })
}

export interface RebuildSite {
  readonly connection: Connection
  readonly project: Project
  /** For the living rows. */
  readonly compiler: ModelCompiler
}

/** What a rebuild asks of a model beside what the run's changes ask: the parts of the companies and days, or all where it has no such parts. */
export function addRebuild(site: RebuildSite, rebuild: Rebuild | null, model: Model, effect: Effect): Effect {
  if (rebuild === null || !rebuild.models.has(model.name) || effect.kind === 'whole') return effect
  const selects = partsOf(site, rebuild, model)
  if (selects === null) return { kind: 'whole' }
  const slice = effect.kind === 'part' ? effect.slice : openSlice(site.connection, site.project, model)
  for (const select of selects) addToSlice(site.connection, slice, select)
  const values = countSlice(site.connection, slice)
  return values === null ? { kind: 'whole' } : values === 0 ? { kind: 'none' } : { kind: 'part', slice, values }
}

interface Relation {
  readonly name: string
  readonly columns: readonly string[]
  readonly eventDate: Model['eventDate']
}

/** SELECTs of the parts concerned, from the model's own rows and from what it reads; null where these do not tell them apart. */
function partsOf(site: RebuildSite, { companies, days }: Rebuild, model: Model): readonly string[] | null {
  if (model.partitionBy.length === 0 || (companies.length === 0 && days === null)) return null
  const company = site.project.config.company
  const inputs = relationsReadBy(site, model)
  const isCut = ({ columns }: Relation) => model.partitionBy.some((column) => columns.includes(column))
  const tellsParts = ({ columns }: Relation) => model.partitionBy.every((column) => columns.includes(column))
  // Days of rows that have only some of the columns are not those of a part.
  const others = inputs.filter((input) => !tellsParts(input))
  if (others.length === inputs.length || others.some((input) => !isCut(input) || input.eventDate !== null)) return null
  const all = [relationOf(site, model), ...inputs.filter(tellsParts)]
  const isDated = days !== null && all.some(({ eventDate }) => eventDate !== null)
  // Rows without a day are not what a backfill of days is about, unless there is no day to go by.
  const relations = isDated ? all.filter(({ eventDate }) => eventDate !== null) : all
  if (companies.length > 0 && relations.some(({ columns }) => !columns.includes(company ?? ''))) return null
  if (companies.length === 0 && !isDated) return null
  return relations.map(({ name, eventDate }) => {
    const conditions: string[] = []
    if (companies.length > 0) conditions.push(`${quoteName(company ?? '')} IN (${companies.map(quoteText).join(', ')})`)
    if (days !== null && eventDate !== null) conditions.push(withinDays(eventDate, days))
    return `SELECT DISTINCT ${model.partitionBy.map(quoteName).join(', ')} FROM ${name} WHERE ${conditions.join(' AND ') || 'true'}`
  })
}

/** What happened on these days shows in rows of these days, and in those that look back on them. */
function withinDays(
  { column, looksBack }: NonNullable<Model['eventDate']>,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  const bounds = [
    Number.isFinite(from) ? `${quoteName(column)} >= ${from}` : '',
    Number.isFinite(to) ? `${quoteName(column)} <= ${to + looksBack}` : '',
  ]
  return bounds.filter((bound) => bound !== '').join(' AND ') || 'true'
}

function relationOf({ compiler }: RebuildSite, model: Model): Relation {
  const columns = model.columns.map(({ name }) => name)
  return { name: compiler.relation(model.name), columns, eventDate: model.eventDate }
}

function relationsReadBy(site: RebuildSite, model: Model): readonly Relation[] {
  const sources = model.readsSources.flatMap((name): Relation[] => {
    const [group = '', source = ''] = name.split('.')
    const read = sourceTable(site.project, group, source)
    if (read === null) return []
    return [
      { name: `(SELECT * FROM ${quoteName(read.table)} WHERE to_run IS NULL)`, columns: read.columns, eventDate: null },
    ]
  })
  const models = model.readsModels.flatMap((name) => {
    const read = site.project.models.get(name)
    return read === undefined || model.looksUp.includes(name) ? [] : [relationOf(site, read)]
  })
  const enrichments = model.readsModels.flatMap((name): Relation[] => {
    const enrichment = site.project.enrichments.get(name)
    if (enrichment === undefined) return []
    return [{ name: site.compiler.relation(name), columns: [enrichment.key, ...enrichment.fields], eventDate: null }]
  })
  return [...sources, ...models, ...enrichments]
}
