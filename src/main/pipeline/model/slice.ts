import { quoteName, type Connection } from '../../store/database.ts'
import type { Model } from '../project/project.ts'
import type { Slice } from './compile-model.ts'

/** An empty slice of a model's rows, of the columns it is partitioned by; lasts as long as the connection, or until it is opened anew. */
export function openSlice(connection: Connection, model: Model): Slice {
  const columns = model.partitionBy
  const table = `affected_${model.name}`
  const name = `temp.${quoteName(table)}`
  const types = new Map(model.columns.map((column) => [column.name, column.type === 'text' ? 'TEXT' : 'INTEGER']))
  connection.exec(`DROP TABLE IF EXISTS ${name}`)
  connection.exec(
    `CREATE TABLE ${name} (${columns.map((column) => `${quoteName(column)} ${types.get(column) ?? 'TEXT'}`).join(', ')}, UNIQUE (${columns.map(quoteName).join(', ')}))`,
  )
  return { columns, table }
}

/** Adds the values that a SELECT of the slice's columns gives. */
export function addToSlice(connection: Connection, { columns, table }: Slice, select: string): void {
  connection.exec(
    `INSERT OR IGNORE INTO temp.${quoteName(table)} SELECT ${columns.map(quoteName).join(', ')} FROM (${select})`,
  )
}

/** How many values a slice has; null where one is null, since no condition of equality finds its rows. */
export function countSlice(connection: Connection, { columns, table }: Slice): number | null {
  const isNull = columns.map((column) => `${quoteName(column)} IS NULL`).join(' OR ')
  const counted = connection
    .prepare(`SELECT count(*), coalesce(max(${isNull}), 0) FROM temp.${quoteName(table)}`)
    .raw()
    .get() as [number, number]
  return counted[1] === 1 ? null : counted[0]
}
