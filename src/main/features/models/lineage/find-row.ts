import { AppError } from '../../../kernel/app-error.ts'
import type { Connection, SqlValue } from '../../../store/database.ts'
import type { RowKey } from '../protocol.ts'
import type { Relation } from '../../../pipeline/run/relation/relation.ts'
import { keyCondition } from '../../../pipeline/run/relation/row-key.ts'

/** All values of the row with this key, by column. */
export function findRow(connection: Connection, relation: Relation, key: RowKey): ReadonlyMap<string, SqlValue> {
  const { sql, values } = keyCondition(relation, key)
  const row = connection
    .prepare(`SELECT * FROM ${relation.sql} WHERE ${sql}`)
    .safeIntegers()
    .get(...values) as Record<string, SqlValue> | undefined
  if (row === undefined)
    throw new AppError('NOT_FOUND', `${relation.name} has no published row ${Object.values(key).join(', ')}.`, {
      place: { table: relation.name },
      hint: 'A newer run may have changed it: look at the rows again.',
    })
  return new Map(Object.entries(row))
}
