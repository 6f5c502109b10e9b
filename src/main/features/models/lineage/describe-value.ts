import { formatCell } from '../../../kernel/format-value.ts'
import { compileForm } from '../../../pipeline/contract/compile-form.ts'
import { dateFormOf } from '../../../pipeline/contract/parse-date.ts'
import type { ContractField } from '../../../pipeline/contract/source-contract.ts'
import type { SqlValue } from '../../../store/database.ts'

/** One staged column and the cell that it came from. */
export interface StagedCell {
  readonly field: ContractField
  readonly column: string
  /** The cell that counted, with its correction; undefined where the record has no such column. */
  readonly counted: string | null | undefined
  /** As a person reads it. */
  readonly value: string | null
  /** All values of the staged row, by column. */
  readonly row: ReadonlyMap<string, SqlValue>
  readonly nullWords: readonly string[]
}

/** How a cell became its staged value, in words. */
export function describeValue(cell: StagedCell): string {
  const { field, column, counted, value } = cell
  const text = counted?.trim() ?? ''
  if (field.form.kind === 'pairs') return describePair(field.form.columns, cell)
  if (text === '' || cell.nullWords.includes(text)) return describeNothing(cell, text)
  if (value === null) return 'not staged'
  const repaired = Object.hasOwn(field.repairs, text) ? field.repairs[text] : undefined
  const isRepaired = repaired !== undefined && compileForm(field.form)(text) === undefined
  const notes = [
    text === counted ? '' : 'trimmed',
    isRepaired ? `repair rule ${text} -> ${repaired}` : '',
    cell.row.has(`${column}__own`) && cell.row.get(`${column}__own`) === null ? carriedFrom(cell) : '',
    ...describeForm(field, isRepaired ? repaired : text, value),
  ].filter((note) => note !== '')
  return notes.length === 0 ? 'unchanged' : notes.join('; ')
}

function describeNothing(cell: StagedCell, text: string): string {
  const { field, counted, value, row } = cell
  const reason = counted === undefined ? 'no such column in the file' : text === '' ? 'empty' : `${text} means no value`
  if (value === null) return reason
  if (field.inference !== null && Number(row.get(field.inference.flag) ?? 0) === 1)
    return `${reason}; inferred from the domain of ${field.inference.emailColumn}`
  if (field.fallback !== null) return `${reason}; taken from ${field.fallback}`
  return `${reason}; ${carriedFrom(cell)}`
}

function carriedFrom({ column, row }: StagedCell): string {
  const at = formatCell('timestamp', row.get(`${column}__at`) ?? null)
  return at === null
    ? 'carried forward from an earlier version'
    : `carried forward from the version of ${at.slice(0, 10)}`
}

function describePair(columns: Readonly<Record<string, string>>, { field, column, value }: StagedCell): string {
  const key = Object.entries(columns).find(([, name]) => name === column)?.[0] ?? column
  return value === null ? `${field.name} has no ${key}` : `${key} in ${field.name}`
}

function describeForm({ form }: ContractField, text: string, value: string): string[] {
  const differs = text !== value
  switch (form.kind) {
    case 'text':
    case 'pairs':
      return []
    case 'date': {
      const written = dateFormOf(text)
      return differs ? [written === null ? 'day of a date-time' : `date written as ${written}`] : []
    }
    case 'timestamp':
      return describeInstant(text)
    case 'integer':
      return differs ? ['written without leading zeros'] : []
    case 'money':
      return describeAmount(text)
    case 'email':
    case 'domain':
      return differs ? ['lower-cased'] : []
    case 'pattern':
      return differs ? ['brought into its normal form'] : []
    case 'accepted':
      return differs ? ['spelled as in the contract'] : []
    case 'alias':
      return describeAlias(form.names, text, value)
  }
}

function describeInstant(text: string): string[] {
  if (text.length === 10) return ['a day: midnight UTC']
  const zone = /(Z|[+-]\d{2}(?::?\d{2})?)$/.exec(text.slice(11))?.[1]
  if (zone === undefined) return ['no zone: taken as UTC']
  return zone === 'Z' || /^[+-]00:?(?:00)?$/.test(zone) ? [] : [`brought from zone ${zone} to UTC`]
}

function describeAmount(text: string): string[] {
  return [
    text.includes('$') ? 'dollar sign left out' : '',
    text.includes(',') ? 'thousands commas left out' : '',
    text.startsWith('(') ? 'brackets mean negative' : '',
    /\.\d\d\)?$/.test(text) ? '' : 'two decimals written',
  ]
}

function describeAlias(names: Readonly<Record<string, string>>, text: string, value: string): string[] {
  const collapsed = text.replace(/\s+/g, ' ')
  const spaces = collapsed === text ? '' : 'white space collapsed'
  if (!Object.hasOwn(names, collapsed.toLowerCase())) return [spaces, 'not a known name, kept as given']
  if (collapsed === value) return [spaces]
  return collapsed.toLowerCase() === value.toLowerCase()
    ? [spaces, 'spelled as in the project']
    : [spaces, `alias ${collapsed.toLowerCase()} -> ${value}`]
}
