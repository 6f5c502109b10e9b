import type { ColumnSpec, SampleSpec } from './sample-schema.ts'

/** What a column of the sample holds; a `pick` is the number of a row in another table. */
export type ValueType = 'text' | 'date' | 'instant' | 'money' | 'integer' | 'pick'

/** Days, milliseconds, cents, whole numbers and row numbers are numbers; the rest is text. */
export type Value = string | number | null

/** What a column holds, or null where it is not there; `path` is a column or `pick.column`. */
export function valueTypeAt(spec: SampleSpec, table: string, path: string): ValueType | null {
  const [head = '', tail] = path.split('.')
  const eachTable = spec.tables[table]?.for_each?.[head]
  const column = spec.tables[table]?.columns[head]
  if (tail === undefined) return column ? valueTypeOf(spec, table, column) : eachTable === undefined ? null : 'pick'
  const from = eachTable ?? column?.pick?.from
  return from === undefined || from === table ? null : valueTypeAt(spec, from, tail)
}

/** What a column made like this holds; null where it copies a column that is not there. */
export function valueTypeOf(spec: SampleSpec, table: string, column: ColumnSpec): ValueType | null {
  if (column.same_as !== undefined) return valueTypeAt(spec, table, column.same_as)
  if (column.date || column.days_after) return 'date'
  if (column.instant) return 'instant'
  if (column.money) return 'money'
  if (column.fair_share) return 'integer'
  return column.pick ? 'pick' : 'text'
}

/** A value of a project file, written the usual way; null where it is not of the type. */
export function literal(type: ValueType, text: string): Value {
  if (type === 'text') return text
  const number =
    type === 'date'
      ? Date.parse(`${text}T00:00:00Z`) / 86_400_000
      : type === 'instant'
        ? Date.parse(text)
        : Number(text)
  if (type === 'pick' || Number.isNaN(number)) return null
  return type === 'money' ? Math.round(number * 100) : number
}

/** The columns that a template names, each with what is done to it. */
export function placeholders(template: string): { readonly path: string; readonly filter: string }[] {
  return [...template.matchAll(/\{([^{}|]*)(?:\|([^{}]*))?\}/g)].map(([, path = '', filter = '']) => ({ path, filter }))
}
