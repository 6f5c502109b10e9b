import Database from 'better-sqlite3'

export type Connection = Database.Database
export type SqlValue = string | number | bigint | Buffer | null

/** `name` as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** `text` as an SQL string literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Opens a database file with the settings every connection of Assay has; the caller has vetted the file. */
export function openConnection(path: string, options: { readonly: boolean }): Connection {
  const connection = new Database(path, { readonly: options.readonly, fileMustExist: true, timeout: 5_000 })
  connection.pragma('trusted_schema = OFF')
  connection.pragma('cell_size_check = ON')
  connection.pragma('foreign_keys = ON')
  // A small cache and file sorts were measured faster than large ones for sorting, and keep memory constant.
  connection.pragma('cache_size = -32000')
  connection.pragma('temp_store = FILE')
  return connection
}

/** An empty database in memory, for SQL that reads nothing of a workspace. */
export function openScratch(): Connection {
  const connection = new Database(':memory:')
  connection.pragma('trusted_schema = OFF')
  return connection
}

/** Runs `work` in one immediate transaction: all of it is kept, or none. */
export function inTransaction<Result>(connection: Connection, work: () => Result): Result {
  return connection.transaction(work).immediate()
}

/** Runs reads that belong together on one state of the database, whatever another process writes meanwhile. */
export function inSnapshot<Result>(connection: Connection, read: () => Result): Result {
  return connection.transaction(read).deferred()
}

/** One step of the program that SQLite would run for a statement. */
export interface Opcode {
  readonly opcode: string
  readonly p2: number
  readonly p3: number
  readonly p4: unknown
}

/** The program that SQLite would run for `sql`; runs nothing. */
export function explainProgram(connection: Connection, sql: string): readonly Opcode[] {
  // The method is there since better-sqlite3 13; its types do not know it yet.
  return (connection as Connection & { explain(sql: string): readonly Opcode[] }).explain(sql)
}

/** The plan by which SQLite would run `sql`; runs nothing. */
export function explainPlan(
  connection: Connection,
  sql: string,
): readonly { readonly id: number; readonly parent: number; readonly detail: string }[] {
  return connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { id: number; parent: number; detail: string }[]
}
