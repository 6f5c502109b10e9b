import { quoteName, quoteText, type Connection } from './database.ts'

/** A table whose rows are versions: `version`, `from_run`, `to_run` (null while the row lives), and the columns below. */
export interface VersionedTable {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly isText: boolean }[]
  /** Unique among the living rows. */
  readonly key: readonly string[]
}

/** The condition that a row of a versioned table is living, that is, in the state after all runs so far. */
export const isLiving = 'to_run IS NULL'

/** The condition that run `runId` sees a row of a versioned table. */
export function isSeenBy(runId: number): string {
  return `from_run <= ${runId} AND (to_run IS NULL OR to_run > ${runId})`
}

/** Makes the table where it is not there, and adds the columns that it lacks. */
export function ensureVersionedTable(connection: Connection, table: VersionedTable): void {
  const name = quoteName(table.name)
  const present = new Set(
    connection
      .prepare(`SELECT name FROM pragma_table_info(${quoteText(table.name)})`)
      .pluck()
      .all() as string[],
  )
  const declared = table.columns.map((column) => ({
    name: column.name,
    sql: `${quoteName(column.name)} ${column.isText ? 'TEXT' : 'INTEGER'}`,
  }))
  if (present.size === 0) {
    connection.exec(
      `CREATE TABLE ${name} (version INTEGER PRIMARY KEY, from_run INTEGER NOT NULL, to_run INTEGER, ${declared.map((column) => column.sql).join(', ')})`,
    )
  } else {
    for (const column of declared)
      if (!present.has(column.name)) connection.exec(`ALTER TABLE ${name} ADD COLUMN ${column.sql}`)
  }
  const keyIndex = `${table.name}_living`
  const keySql = `CREATE UNIQUE INDEX ${quoteName(keyIndex)} ON ${name} (${table.key.map(quoteName).join(', ')}) WHERE to_run IS NULL`
  const current = connection
    .prepare(`SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ${quoteText(keyIndex)}`)
    .pluck()
    .get()
  if (current !== keySql) {
    connection.exec(`DROP INDEX IF EXISTS ${quoteName(keyIndex)}`)
    connection.exec(keySql)
  }
  connection.exec(
    `CREATE INDEX IF NOT EXISTS ${quoteName(`${table.name}_closed`)} ON ${name} (to_run) WHERE to_run IS NOT NULL`,
  )
}

/** Notes where the versions that `runId` adds to a table begin; call it before the run first writes there. */
export function noteFirstVersion(connection: Connection, runId: number, table: string): void {
  connection
    .prepare(
      `INSERT OR IGNORE INTO assay_run_table SELECT ?, ?, coalesce((SELECT max(version) FROM ${quoteName(table)}), 0) + 1`,
    )
    .run(runId, table)
}

/** How many versions of a table the run has added and closed. */
export function countChanges(connection: Connection, runId: number, table: string): number {
  const name = quoteName(table)
  const first = connection
    .prepare('SELECT first_version FROM assay_run_table WHERE run_id = ? AND table_name = ?')
    .pluck()
    .get(runId, table)
  if (first === undefined) return 0
  return Number(
    connection
      .prepare(
        `SELECT (SELECT count(*) FROM ${name} WHERE version >= ?) + (SELECT count(*) FROM ${name} WHERE to_run = ?)`,
      )
      .pluck()
      .get(first, runId),
  )
}

/** Takes back all that the runs after `runId` did to the versioned tables; costs what they changed. */
export function undoRunsAfter(connection: Connection, runId: number): void {
  const touched = connection
    .prepare(
      'SELECT table_name, min(first_version) AS first_version FROM assay_run_table WHERE run_id > ? GROUP BY table_name',
    )
    .all(runId) as { table_name: string; first_version: number }[]
  for (const { table_name: table, first_version: first } of touched) {
    connection.prepare(`DELETE FROM ${quoteName(table)} WHERE version >= ?`).run(first)
    connection.prepare(`UPDATE ${quoteName(table)} SET to_run = NULL WHERE to_run > ?`).run(runId)
  }
  connection.prepare('DELETE FROM assay_run_table WHERE run_id > ?').run(runId)
  connection.prepare('DELETE FROM assay_sighting WHERE run_id > ?').run(runId)
}
