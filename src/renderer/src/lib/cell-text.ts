import type { ColumnType, ModelCell } from '#features/models'
import { formatCount, formatInstant } from './format.ts'

/** Whether values of this type stand to the right, under each other digit by digit. */
export function isNumeric(type: ColumnType): boolean {
  return type === 'integer' || type === 'money' || type === 'percent'
}

/** A value as it is read in the grid; null is empty. */
export function cellText(type: ColumnType, value: ModelCell): string {
  if (value === null) return ''
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? formatCount(value) : groupDigits(String(value))
    case 'money':
    case 'percent':
      return groupDigits(typeof value === 'number' ? value.toFixed(2) : String(value))
    case 'boolean':
      return value === true || value === 1 || value === 'true' ? 'yes' : 'no'
    case 'timestamp':
      return formatInstant(String(value))
    case 'date':
    case 'text':
      return String(value)
  }
}

/** Groups the digits before the decimal point, on the text itself, since a number would lose the last of many. */
function groupDigits(decimal: string): string {
  const [whole = '', ...fraction] = decimal.split('.')
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.')
}
