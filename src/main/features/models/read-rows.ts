import { AppError } from '../../kernel/app-error.ts'
import type { ColumnType } from '../../kernel/column-type.ts'
import { formatCell } from '../../kernel/format-value.ts'
import { parseAmount } from '../../pipeline/contract/parse-amount.ts'
import { parseDate } from '../../pipeline/contract/parse-date.ts'
import { parseTimestamp } from '../../pipeline/contract/parse-timestamp.ts'
import { quoteName, type Connection, type SqlValue } from '../../store/database.ts'
import type { z } from 'zod'
import type { OutputOf } from '#protocol/method'
import type { ModelCell, ModelColumn, modelsMethods } from './protocol.ts'

type RowsInput = z.output<typeof modelsMethods.rows.input>
type Filter = RowsInput['filters'][number]

const comparisons = { equals: 'IS', not_equals: 'IS NOT', at_least: '>=', at_most: '<=' } as const

/** A page of a relation's rows, sorted and filtered in SQL; values come out as a person reads them, integers and booleans as they are. */
export function readRows(
  connection: Connection,
  relation: string,
  columns: readonly ModelColumn[],
  order: readonly string[],
  input: RowsInput,
): OutputOf<typeof modelsMethods.rows> {
  const columnOf = (name: string) => {
    const column = columns.find((candidate) => candidate.name === name)
    if (column === undefined)
      throw new AppError('NOT_FOUND', `${input.name} has no column ${name}.`, {
        place: { table: input.name, field: name },
      })
    return column
  }
  const conditions = input.filters.map((filter) => condition(columnOf(filter.column), filter))
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
  const values = conditions.flatMap((each) => each.values)
  const sorts = input.sort.map(
    ({ column, direction }) => `${quoteName(columnOf(column).name)} ${direction === 'desc' ? 'DESC' : 'ASC'}`,
  )
  const orderBy = [...sorts, ...order.map(quoteName)].join(', ')
  const total = Number(
    connection
      .prepare(`SELECT count(*) FROM ${relation} ${where}`)
      .pluck()
      .get(...values),
  )
  const rows = connection
    .prepare(
      `SELECT ${columns.map((column) => quoteName(column.name)).join(', ')} FROM ${relation} ${where} ORDER BY ${orderBy} LIMIT ? OFFSET ?`,
    )
    .raw()
    .all(...values, input.limit, input.offset) as SqlValue[][]
  return {
    columns: [...columns],
    rows: rows.map((row) => row.map((value, index) => cellOf(columns[index]?.type ?? 'text', value))),
    total,
  }
}

function cellOf(type: ColumnType, value: SqlValue): ModelCell {
  if (value === null) return null
  if (type === 'boolean') return value === 1
  if (type === 'integer') return Number(value)
  return formatCell(type, value)
}

function condition(column: ModelColumn, filter: Filter): { sql: string; values: SqlValue[] } {
  const name = quoteName(column.name)
  const text = filter.value
  switch (filter.operator) {
    case 'is_null':
      return { sql: `${name} IS NULL`, values: [] }
    case 'is_not_null':
      return { sql: `${name} IS NOT NULL`, values: [] }
    case 'contains':
    case 'starts_with': {
      const escaped = text.replace(/[\\%_]/g, (character) => `\\${character}`)
      return {
        sql: `${name} LIKE ? ESCAPE '\\'`,
        values: [filter.operator === 'contains' ? `%${escaped}%` : `${escaped}%`],
      }
    }
    case 'equals':
    case 'not_equals':
    case 'at_least':
    case 'at_most':
      return { sql: `${name} ${comparisons[filter.operator]} ?`, values: [insideValue(column, text)] }
  }
}

/** What a person types, as the value that the column holds inside. */
function insideValue(column: ModelColumn, text: string): SqlValue {
  const value = parseInside(column.type, text.trim())
  if (value !== undefined) return value
  throw new AppError('USAGE', `"${text}" is not a ${column.type} to compare ${column.name} with.`, {
    place: { field: column.name },
    hint: examples[column.type],
  })
}

const examples: Readonly<Record<ColumnType, string>> = {
  text: 'Any text.',
  integer: 'A whole number, such as 12.',
  boolean: 'true or false.',
  date: 'A day, such as 2022-12-31.',
  timestamp: 'An instant, such as 2022-12-31T08:00:00Z.',
  money: 'An amount, such as 1,234.50.',
  percent: 'A percentage, such as 12.5.',
}

function parseInside(type: ColumnType, text: string): SqlValue | undefined {
  switch (type) {
    case 'text':
      return text
    case 'integer':
      // BigInt: a JavaScript number would be bound as a REAL.
      return /^-?\d+$/.test(text) ? BigInt(text) : undefined
    case 'boolean':
      return text === 'true' ? 1n : text === 'false' ? 0n : undefined
    case 'date':
      return parseDate(text)
    case 'timestamp':
      return parseTimestamp(text)
    case 'money':
    case 'percent':
      return parseAmount(text)
  }
}
