import type { z } from 'zod'
import type { ColumnSpec, FeedSpec, SampleSpec } from './sample-schema.ts'
import { stylesOf } from './styles.ts'
import { literal, placeholders, valueTypeAt, valueTypeOf } from './value-type.ts'

type Path = readonly (string | number)[]
type Report = (path: Path, message: string) => void

/** Checks that the names in a sample file fit together: tables, columns, lists, fields and styles. */
export function checkReferences(spec: SampleSpec, context: z.RefinementCtx): void {
  const report: Report = (path, message) => context.addIssue({ code: 'custom', path: [...path], message })
  const earlier: string[] = []
  for (const [name, table] of Object.entries(spec.tables)) {
    for (const [pick, from] of Object.entries(table.for_each ?? {}))
      checkPickable(spec, earlier, from, ['tables', name, 'for_each', pick], report)
    const made = Object.keys(table.for_each ?? {})
    for (const [key, column] of Object.entries(table.columns)) {
      checkColumn(spec, name, column, { made, tables: earlier }, ['tables', name, 'columns', key], report)
      made.push(key)
    }
    table.first.forEach((row, index) => {
      for (const [key, text] of Object.entries(row)) {
        const type = valueTypeAt(spec, name, key)
        if (!type || !table.columns[key]) report(['tables', name, 'first', index, key], `${name} has no column ${key}`)
        else if (literal(type, text) === null) report(['tables', name, 'first', index, key], `${text} is not a ${type}`)
      }
    })
    earlier.push(name)
  }
  if (Object.values(spec.tables).filter((table) => table.rows === 'all').length !== 1)
    report(['tables'], 'exactly one table must have rows: all')
  for (const [name, feed] of Object.entries(spec.feeds)) checkFeed(spec, feed, ['feeds', name], report)
  for (const [name, object] of Object.entries(spec.objects)) {
    const at = ['objects', name]
    if (!checkPickable(spec, earlier, object.table, [...at, 'table'], report)) continue
    for (const path of [object.key, object.value, ...Object.values(object.values ?? {})])
      if (path !== undefined && !valueTypeAt(spec, object.table, path))
        report(at, `${object.table} has no column ${path}`)
  }
}

/** Only a table of a bounded size is held in memory, and so only such a one can be picked from. */
function checkPickable(spec: SampleSpec, tables: readonly string[], from: string, at: Path, report: Report): boolean {
  if (!tables.includes(from)) report(at, `${from} is not a table that stands before`)
  else if (spec.tables[from]?.rows === 'all')
    report(at, `${from} has no bounded number of rows, so that nothing can pick from it`)
  else return true
  return false
}

interface Known {
  /** Columns of the table that are made before this one. */
  readonly made: readonly string[]
  readonly tables: readonly string[]
}

function checkColumn(
  spec: SampleSpec,
  table: string,
  column: ColumnSpec,
  known: Known,
  at: Path,
  report: Report,
): void {
  const needs = (path: string | undefined, key: string): void => {
    if (path === undefined) return
    if (!known.made.includes(path.split('.')[0] ?? '') || !valueTypeAt(spec, table, path))
      report([...at, key], `${table} has no column ${path} that is made before this one`)
  }
  const { any_of: anyOf, pick, money, instant, fair_share: fairShare } = column
  for (const list of anyOf?.lists ?? []) if (!spec.lists[list]) report([...at, 'any_of'], `there is no list ${list}`)
  const templates = typeof column.template === 'string' ? [column.template] : Object.keys(column.template ?? {})
  for (const { path, filter } of templates.flatMap(placeholders)) {
    needs(path, 'template')
    if (!['', 'lower', 'compact'].includes(filter))
      report([...at, 'template'], `${filter} is neither lower nor compact`)
  }
  needs(column.same_as, 'same_as')
  needs(column.days_after?.column, 'days_after')
  needs(instant?.after, 'instant')
  if (typeof money?.median === 'object') {
    const { of, medians } = money.median
    needs(of, 'money')
    const choices = Object.keys(spec.tables[table]?.columns[of]?.choice ?? {})
    const missing = choices.filter((text) => medians[text] === undefined)
    if (choices.length === 0) report([...at, 'money'], `${of} is not a choice`)
    else if (missing.length > 0) report([...at, 'money'], `there is no median for ${missing.join(', ')}`)
  }
  needs(money?.surge?.from, 'money')
  needs(money?.surge?.date, 'money')
  if (fairShare) {
    needs(fairShare.weight, 'fair_share')
    checkWeight(spec, table, fairShare.weight, [...at, 'fair_share'], report)
    if (!spec.tables[fairShare.of]) report([...at, 'fair_share'], `there is no table ${fairShare.of}`)
  }
  if (pick && checkPickable(spec, known.tables, pick.from, [...at, 'pick'], report)) {
    if (pick.weight !== undefined) checkWeight(spec, pick.from, pick.weight, [...at, 'pick'], report)
    needs(pick.sharing, 'pick')
    if (pick.sharing !== undefined && valueTypeAt(spec, pick.from, pick.sharing) !== 'pick')
      report([...at, 'pick'], `${pick.from} has no pick ${pick.sharing} to be shared`)
  }
}

function checkWeight(spec: SampleSpec, table: string, weight: string, at: Path, report: Report): void {
  const choice = spec.tables[table]?.columns[weight]?.choice
  if (!choice || Object.keys(choice).some((text) => !(Number(text) >= 0)))
    report(at, `${table}.${weight} is not a choice of numbers`)
}

function checkFeed(spec: SampleSpec, feed: FeedSpec, at: Path, report: Report): void {
  const table = spec.tables[feed.table]
  if (!table) return report([...at, 'table'], `there is no table ${feed.table}`)
  for (const [name, field] of Object.entries(feed.fields)) {
    const type = valueTypeAt(spec, feed.table, field.column ?? name)
    if (!type || type === 'pick') {
      report([...at, 'fields', name], `${feed.table} has no column ${field.column ?? name} to write`)
      continue
    }
    for (const style of Object.keys(field.styles ?? {}))
      if (!stylesOf(type).includes(style))
        report([...at, 'fields', name, 'styles'], `${style} is no style of a ${type}: ${stylesOf(type).join(', ')}`)
    if (field.variants && type !== 'text') report([...at, 'fields', name, 'variants'], `a ${type} has no variants`)
  }
  const known: Known = {
    made: [...Object.keys(table.for_each ?? {}), ...Object.keys(table.columns)],
    tables: Object.keys(spec.tables),
  }
  feed.files.forEach((file, index) => {
    const here = [...at, 'files', index]
    for (const field of [...file.without, ...file.numbers])
      if (!feed.fields[field]) report(here, `the feed has no field ${field}`)
    const groups = [
      ...(file.fresh ? [{ path: [...here, 'fresh'], columns: file.fresh.columns }] : []),
      ...file.repeats.map(({ columns }, number) => ({ path: [...here, 'repeats', number], columns })),
    ]
    for (const { path, columns } of groups)
      for (const [key, column] of Object.entries(columns)) {
        const place = [...path, 'columns', key]
        const type = valueTypeAt(spec, feed.table, key)
        if (!type) report(place, `${feed.table} has no column ${key}`)
        else if (column.constant !== null && valueTypeOf(spec, feed.table, column) !== type)
          report(place, `${key} is a ${type}`)
        checkColumn(spec, feed.table, column, known, place, report)
      }
  })
  feed.defects.forEach((defect, index) => {
    for (const field of Object.keys(defect.cells ?? {}))
      if (!feed.fields[field]) report([...at, 'defects', index], `the feed has no field ${field}`)
    const format = defect.record === undefined ? null : defect.record === 'cut_short' ? 'ndjson' : 'csv'
    if (format && !feed.files.some((file) => file.format === format))
      report([...at, 'defects', index], `the feed has no ${format} file to break like this`)
  })
}
