import type { SchemaElement } from 'hyparquet-writer'
import type { Column, ColumnType } from '../../kernel/column-type.ts'
import { bigInteger, formatters, isTrue, safeInteger } from '../../kernel/format-value.ts'

type Physical = Pick<SchemaElement, 'type' | 'converted_type' | 'precision' | 'scale'>

interface ParquetType {
  readonly physical: Physical
  /** The inside value (not null) as the writer takes it. */
  readonly convert: (value: unknown) => unknown
}

const string = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const
// Cents are the unscaled form of a decimal with two places: bigints go in as they are, exactly.
const decimal = { type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 2 } as const

const parquetTypes: Readonly<Record<ColumnType, ParquetType>> = {
  text: { physical: string, convert: formatters.text },
  integer: { physical: { type: 'INT64' }, convert: (value) => bigInteger(value, 'integer') },
  boolean: { physical: { type: 'BOOLEAN' }, convert: isTrue },
  date: { physical: { type: 'INT32', converted_type: 'DATE' }, convert: (value) => safeInteger(value, 'date') },
  timestamp: { physical: string, convert: formatters.timestamp },
  money: { physical: decimal, convert: (value) => bigInteger(value, 'money') },
  percent: { physical: decimal, convert: (value) => bigInteger(value, 'percent') },
}

/** How the values of a column go into Parquet. */
export function converterOf(column: Column): (value: unknown) => unknown {
  return parquetTypes[column.type].convert
}

/** The Parquet schema of a table; every column may be null. */
export function parquetSchema(columns: readonly Column[]): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }): SchemaElement => ({
      name,
      repetition_type: 'OPTIONAL',
      ...parquetTypes[type].physical,
    })),
  ]
}
