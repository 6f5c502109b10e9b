import { quoteName, quoteText, type Connection } from './database.ts'

export interface VersionedColumn {
  readonly name: string
  readonly isText: boolean
  /** What rows have there that were written before there was the column; null where it does not say. */
  readonly before?: number
}

/** A table whose rows are versions: `version`, `from_run`, `to_run` (null while the row lives), and the columns below. */
export interface VersionedTable {
  readonly name: string
  readonly columns: readonly VersionedColumn[]
  /** Unique among the living rows. */
  readonly key: readonly string[]
  /** Columns by which living rows are looked up besides the key. An empty table gets them when it is filled, see `ensureIndexes`. */
  readonly indexes?: readonly (readonly string[])[]
}

/** The condition that a row of a versioned table is living, that is, in the state after all runs so far. */
export const isLiving = 'to_run IS NULL'

/** The condition that run `runId` sees a row of a versioned table, which may go by another name in the statement. */
export function isSeenBy(runId: number, alias = ''): string {
  const of = alias === '' ? '' : `${alias}.`
  return `${of}from_run <= ${runId} AND (${of}to_run IS NULL OR ${of}to_run > ${runId})`
}

/** The same as two conditions that exclude each other: SQLite uses the indexes of living and of closed rows for them, for the one it uses none. */
export function isSeenByInParts(runId: number): readonly string[] {
  return [`to_run IS NULL AND from_run <= ${runId}`, `to_run > ${runId} AND from_run <= ${runId}`]
}

/**
 * The condition that readers of run `runId` see a row. Where nothing was written after that run these are the living rows, for which there
 * are indexes; 0 is the run before the first.
 */
export function seenCondition(connection: Connection, runId: number): string {
  const isLatest = connection.prepare('SELECT 1 FROM assay_run_table WHERE run_id > ? LIMIT 1').get(runId) === undefined
  return isLatest && runId > 0 ? isLiving : isSeenBy(runId)
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
    before: column.before === undefined ? '' : ` DEFAULT ${column.before}`,
  }))
  if (present.size === 0) {
    connection.exec(
      `CREATE TABLE ${name} (version INTEGER PRIMARY KEY, from_run INTEGER NOT NULL, to_run INTEGER, ${declared.map((column) => column.sql).join(', ')})`,
    )
  } else {
    for (const column of declared)
      if (!present.has(column.name)) connection.exec(`ALTER TABLE ${name} ADD COLUMN ${column.sql}${column.before}`)
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
  const isEmpty = connection.prepare(`SELECT NOT EXISTS (SELECT 1 FROM ${name})`).pluck().get() === 1
  if (!isEmpty) ensureIndexes(connection, table)
}

/**
 * Makes the table's indexes besides the key, and drops those it no longer names: far quicker over filled rows than row by row. They are
 * of all versions and end with `to_run`: SQLite takes an index of the living rows alone for a small one, and would scan it for the table.
 */
export function ensureIndexes(connection: Connection, table: VersionedTable): void {
  const beginning = `${table.name}_by_`
  const wanted = new Map(
    (table.indexes ?? []).map((columns) => {
      const index = beginning + columns.join('_')
      const list = [...columns, 'to_run'].map(quoteName).join(', ')
      return [index, `CREATE INDEX ${quoteName(index)} ON ${quoteName(table.name)} (${list})`]
    }),
  )
  const present = connection
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?")
    .all(table.name) as { name: string; sql: string }[]
  for (const { name, sql } of present) {
    if (wanted.get(name) === sql) wanted.delete(name)
    else if (name.startsWith(beginning)) connection.exec(`DROP INDEX ${quoteName(name)}`)
  }
  for (const sql of wanted.values()) connection.exec(sql)
}

/** Notes where the versions that `runId` adds to a table begin; call it before the run first writes there. */
export function noteFirstVersion(connection: Connection, runId: number, table: string): void {
  connection
    .prepare(
      `INSERT OR IGNORE INTO assay_run_table SELECT ?, ?, coalesce((SELECT max(version) FROM ${quoteName(table)}), 0) + 1`,
    )
    .run(runId, table)
}

/** Where the versions that the run added to a table begin; null where it did not write there. */
function firstVersionOf(connection: Connection, runId: number, table: string): number | null {
  return (connection
    .prepare('SELECT first_version FROM assay_run_table WHERE run_id = ? AND table_name = ?')
    .pluck()
    .get(runId, table) ?? null) as number | null
}

/** How many rows of a table the run added, and how many it closed; a row of another content is both. */
export function countAddedAndClosed(
  connection: Connection,
  runId: number,
  table: string,
): { readonly added: number; readonly closed: number } {
  const name = quoteName(table)
  const first = firstVersionOf(connection, runId, table)
  if (first === null) return { added: 0, closed: 0 }
  const count = (condition: string) =>
    Number(connection.prepare(`SELECT count(*) FROM ${name} WHERE ${condition}`).pluck().get())
  return { added: count(`version >= ${first}`), closed: count(`to_run = ${runId}`) }
}

/** How many versions of a table the run has added and closed. */
export function countChanges(connection: Connection, runId: number, table: string): number {
  const { added, closed } = countAddedAndClosed(connection, runId, table)
  return added + closed
}

/** A SELECT of columns of all row versions that the run added to a table or closed there; null where it did not write there. */
export function changedVersions(
  connection: Connection,
  runId: number,
  table: string,
  columns: readonly string[],
): string | null {
  const first = firstVersionOf(connection, runId, table)
  if (first === null) return null
  const select = `SELECT ${columns.map(quoteName).join(', ')} FROM ${quoteName(table)}`
  return `${select} WHERE version >= ${first} UNION ${select} WHERE to_run = ${runId}`
}

/** The row versions that the run added to a table and those that it closed there, as relations to put behind FROM; null where it did not write there. */
export function versionsOf(
  connection: Connection,
  runId: number,
  table: string,
): { readonly added: string; readonly closed: string } | null {
  const first = firstVersionOf(connection, runId, table)
  if (first === null) return null
  const name = quoteName(table)
  return {
    added: `(SELECT * FROM ${name} WHERE version >= ${first})`,
    closed: `(SELECT * FROM ${name} WHERE to_run = ${runId})`,
  }
}

/** Takes back what one run, the last that wrote there, did to one versioned table: as if it had not come to it. `only` narrows it to some rows. */
export function undoRunIn(connection: Connection, runId: number, table: string, only = 'true'): void {
  const first = firstVersionOf(connection, runId, table)
  if (first === null) return
  connection.exec(`
    DELETE FROM ${quoteName(table)} WHERE version >= ${first} AND ${only};
    UPDATE ${quoteName(table)} SET to_run = NULL WHERE to_run = ${runId} AND ${only}`)
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
