import { AppError } from '../kernel/app-error.ts'
import { untouched } from '../kernel/untouched.ts'
import { inTransaction, quoteName, quoteText, type Connection } from './database.ts'

export interface TypedColumn {
  readonly name: string
  readonly isText: boolean
}

/** How a column is declared: SQLite stores what comes as the declared type. */
export function declaredType({ isText }: TypedColumn): 'TEXT' | 'INTEGER' {
  return isText ? 'TEXT' : 'INTEGER'
}

/** The columns of a table that it holds as another type than is wanted now. */
export function otherTyped(
  connection: Connection,
  { name, columns }: { readonly name: string; readonly columns: readonly TypedColumn[] },
): readonly TypedColumn[] {
  const types = connection.prepare(`SELECT name, type FROM pragma_table_info(${quoteText(name)})`).all() as {
    name: string
    type: string
  }[]
  return columns.filter((column) =>
    types.some((present) => present.name === column.name && present.type !== declaredType(column)),
  )
}

/**
 * Holds columns as the type that is wanted now, in all versions: readers of earlier runs read them so too. Refused where a value would
 * not be the same any more. Drops the indexes of keys and look-ups, to be made again.
 */
export function retypeColumns(connection: Connection, table: string, columns: readonly TypedColumn[]): void {
  const name = quoteName(table)
  inTransaction(connection, () => {
    const indexes = connection
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND name <> ?")
      .pluck()
      .all(table, `${table}_closed`) as string[]
    for (const index of indexes) connection.exec(`DROP INDEX ${quoteName(index)}`)
    for (const column of columns) {
      const now = quoteName(column.name)
      const before = quoteName(`${column.name}:before`)
      connection.exec(`
        ALTER TABLE ${name} RENAME COLUMN ${now} TO ${before};
        ALTER TABLE ${name} ADD COLUMN ${now} ${declaredType(column)};
        UPDATE ${name} SET ${now} = ${before}`)
      const lost = connection
        .prepare(`SELECT ${before} FROM ${name} WHERE CAST(${now} AS TEXT) IS NOT CAST(${before} AS TEXT) LIMIT 1`)
        .pluck()
        .get() as string | number | null | undefined
      if (lost !== undefined) throw wouldLose(table, column, String(lost))
      connection.exec(`ALTER TABLE ${name} DROP COLUMN ${before}`)
    }
  })
}

function wouldLose(table: string, column: TypedColumn, value: string): AppError {
  const [was, is] = column.isText ? ['numbers', 'texts'] : ['texts', 'numbers']
  return new AppError(
    'PROJECT_INVALID',
    `${column.name} of ${table} held ${was} in earlier runs and is to hold ${is}: ${JSON.stringify(value)} would be another value.`,
    {
      place: { table, field: column.name },
      saved: untouched,
      hint: 'Give the column another name, or make a new workspace from the feeds.',
    },
  )
}
