import { AppError } from '../../../kernel/app-error.ts'
import type { ColumnType } from '../../../kernel/column-type.ts'
import { formatCell } from '../../../kernel/format-value.ts'
import { parseInside } from '../../contract/parse-inside.ts'
import type { SqlValue } from '../../../store/database.ts'
import type { CellValue, RelationColumn } from './relation-shapes.ts'

/** A value as a person reads it; integers and booleans as they are. */
export function cellOf(type: ColumnType, value: SqlValue): CellValue {
  if (value === null) return null
  if (type === 'boolean') return Number(value) === 1
  if (type === 'integer') return Number(value)
  return formatCell(type, value)
}

/** What a person types, as the value that the column holds inside. */
export function insideValue(column: RelationColumn, text: string): SqlValue {
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
