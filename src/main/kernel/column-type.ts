/**
 * The types of a table's columns, closed. Inside, a `date` is the integer of days since 1970-01-01, `money` integer cents,
 * `percent` integer hundredths of a percent, `boolean` 0 or 1, and `timestamp` integer milliseconds since 1970-01-01 UTC.
 */
export const columnTypes = ['text', 'integer', 'boolean', 'date', 'timestamp', 'money', 'percent'] as const

export type ColumnType = (typeof columnTypes)[number]

export interface Column {
  readonly name: string
  readonly type: ColumnType
}
