import type { ColumnType } from '../../kernel/column-type.ts'
import { parseAmount } from './parse-amount.ts'
import { parseDate } from './parse-date.ts'
import { parseTimestamp } from './parse-timestamp.ts'

/** A value as a person writes it, as a column of this type holds it inside; undefined where it is none. */
export function parseInside(type: ColumnType, text: string): string | number | bigint | undefined {
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
