import { formatCell } from '../../../kernel/format-value.ts'
import type { ColumnType } from '../../../kernel/column-type.ts'
import { quoteName, type Connection } from '../../../store/database.ts'
import type { KeySpread } from '../profile-shapes.ts'

/** The most frequent keys that are named. */
const named = 5

type Column = { readonly name: string; readonly type: ColumnType }

/** How the rows of a relation spread over the values of some of its columns. `before`: the same rows in the last good run. */
export function countKeys(
  connection: Connection,
  relation: string,
  before: string | null,
  columns: readonly Column[],
): KeySpread | null {
  if (columns.length === 0) return null
  const top = topOf(connection, relation, columns)
  const first = top[0]
  return {
    columns: columns.map(({ name }) => name),
    rows: first?.rows ?? 0,
    distinct: first?.keys ?? 0,
    most_rows: first?.count ?? 0,
    most_rows_before: before === null ? null : (topOf(connection, before, columns)[0]?.count ?? 0),
    top: top.map(({ values, count }) => ({
      key: columns
        .map(({ name, type }, index) => `${name} = ${formatCell(type, values[index] ?? null) ?? 'null'}`)
        .join(', '),
      rows: count,
    })),
  }
}

function topOf(connection: Connection, relation: string, columns: readonly Column[]) {
  const list = columns.map(({ name }) => quoteName(name)).join(', ')
  const rows = connection
    .prepare(
      `SELECT count(*) OVER () AS keys, sum(n) OVER () AS total, n, ${list}
      FROM (SELECT ${list}, count(*) AS n FROM ${relation} GROUP BY ${list}) ORDER BY n DESC, ${list} LIMIT ${named}`,
    )
    .raw()
    .all() as [number, number, number, ...unknown[]][]
  return rows.map(([keys, total, count, ...values]) => ({ keys, rows: total, count, values }))
}
