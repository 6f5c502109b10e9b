import { AppError } from '../../../kernel/app-error.ts'
import { formatCell } from '../../../kernel/format-value.ts'
import { quoteName, type SqlValue } from '../../../store/database.ts'
import { insideValue } from './cell-value.ts'
import type { RelationColumn, RowKey } from './relation-shapes.ts'
import type { Relation } from './relation.ts'

/** The key of a row by column, as a person reads it; `values` are those of the key's columns. */
export function rowKey(key: readonly RelationColumn[], values: readonly SqlValue[]): RowKey {
  return Object.fromEntries(
    key.map(({ name, type }, index) => [name, formatCell(type, values[index] ?? null)] as const),
  )
}

/** The condition, with its values, that a row of the relation has this key; every column of the key must be given and no other. */
export function keyCondition(relation: Relation, key: RowKey): { readonly sql: string; readonly values: SqlValue[] } {
  const names = relation.key.map((column) => column.name)
  const given = Object.keys(key)
  if (given.length !== names.length || !names.every((name) => Object.hasOwn(key, name)))
    throw new AppError(
      'USAGE',
      `A row of ${relation.name} is named by ${names.join(', ')}, not by ${given.join(', ') || 'nothing'}.`,
      {
        place: { table: relation.name },
        hint: `Give the key with just these columns: ${names.join(', ')}.`,
      },
    )
  return {
    sql: names.map((name) => `${quoteName(name)} IS ?`).join(' AND '),
    values: relation.key.map((column) => {
      const text = key[column.name] ?? null
      return text === null || column.type === 'text' ? text : insideValue(column, text)
    }),
  }
}
