import { quoteName, quoteText, type Connection } from './database.ts'
import { declaredType, otherTyped, retypeColumns, type TypedColumn } from './retype-columns.ts'

export interface VersionedColumn extends TypedColumn {
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

/** Makes the table where it is not there, adds the columns that it lacks, and holds them as the types that they have now. */
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
    sql: `${quoteName(column.name)} ${declaredType(column)}`,
    before: column.before === undefined ? '' : ` DEFAULT ${column.before}`,
  }))
  if (present.size === 0) {
    connection.exec(
      `CREATE TABLE ${name} (version INTEGER PRIMARY KEY, from_run INTEGER NOT NULL, to_run INTEGER, ${declared.map((column) => column.sql).join(', ')})`,
    )
  } else {
    for (const column of declared)
      if (!present.has(column.name)) connection.exec(`ALTER TABLE ${name} ADD COLUMN ${column.sql}${column.before}`)
    const retyped = otherTyped(connection, table)
    if (retyped.length > 0) retypeColumns(connection, table.name, retyped)
  }
  const keySql = keySqlOf(table)
  if (keyIndexOf(connection, table.name) !== keySql) {
    dropKeyIndex(connection, table.name)
    connection.exec(keySql)
  }
  connection.exec(
    `CREATE INDEX IF NOT EXISTS ${quoteName(`${table.name}_closed`)} ON ${name} (to_run) WHERE to_run IS NOT NULL`,
  )
  const isEmpty = connection.prepare(`SELECT NOT EXISTS (SELECT 1 FROM ${name})`).pluck().get() === 1
  if (!isEmpty) ensureIndexes(connection, table)
}

function keySqlOf({ name, key }: VersionedTable): string {
  return `CREATE UNIQUE INDEX ${quoteName(`${name}_living`)} ON ${quoteName(name)} (${key.map(quoteName).join(', ')}) WHERE to_run IS NULL`
}

/** Drops the index that keeps the keys of a table's living rows unique, for others to come to life. */
export function dropKeyIndex(connection: Connection, table: string): void {
  connection.exec(`DROP INDEX IF EXISTS ${quoteName(`${table}_living`)}`)
}

/**
 * Where the run gives a table another key, or its columns other types, closes all living rows: they need not be unique by what is the key
 * now. The run has to add all rows anew. The old key is kept for when the run is taken back. Call it before `ensureVersionedTable`.
 */
export function closeOtherFormed(connection: Connection, runId: number, table: VersionedTable): void {
  const before = keyIndexOf(connection, table.name)
  if (before === null || (before === keySqlOf(table) && otherTyped(connection, table).length === 0)) return
  noteFirstVersion(connection, runId, table.name)
  connection
    .prepare('UPDATE assay_run_table SET key_before = ? WHERE run_id = ? AND table_name = ? AND key_before IS NULL')
    .run(before, runId, table.name)
  connection.exec(`UPDATE ${quoteName(table.name)} SET to_run = ${runId} WHERE to_run IS NULL`)
  dropKeyIndex(connection, table.name)
}

/** The SQL of the index that keeps the keys of a table's living rows unique; null where there is none. */
export function keyIndexOf(connection: Connection, table: string): string | null {
  return (connection
    .prepare("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?")
    .pluck()
    .get(`${table}_living`) ?? null) as string | null
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
      `INSERT OR IGNORE INTO assay_run_table (run_id, table_name, first_version) SELECT ?, ?, coalesce((SELECT max(version) FROM ${quoteName(table)}), 0) + 1`,
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
  const key = keyBefore(connection, table, `run_id = ${runId}`)
  connection.exec(`DELETE FROM ${quoteName(table)} WHERE version >= ${first} AND ${only}`)
  reopen(connection, table, `to_run = ${runId} AND ${only}`, key)
}

/** The SQL of the index of a table's living keys before the first of some runs that replaced it; null where none did. */
function keyBefore(connection: Connection, table: string, runs: string): string | null {
  return (connection
    .prepare(
      `SELECT key_before FROM assay_run_table WHERE table_name = ? AND ${runs} AND key_before IS NOT NULL ORDER BY run_id LIMIT 1`,
    )
    .pluck()
    .get(table) ?? null) as string | null
}

/** Lets closed rows live again; they are unique by the key that the table had when they lived. */
function reopen(connection: Connection, table: string, condition: string, key: string | null): void {
  if (key !== null) dropKeyIndex(connection, table)
  connection.exec(`UPDATE ${quoteName(table)} SET to_run = NULL WHERE ${condition}`)
  if (key !== null) connection.exec(key)
}

/** The tables that the runs after `runId` wrote to, and where the versions that they added begin. */
export function tablesTouchedAfter(
  connection: Connection,
  runId: number,
): readonly { readonly table: string; readonly first: number }[] {
  return connection
    .prepare(
      'SELECT table_name AS "table", min(first_version) AS first FROM assay_run_table WHERE run_id > ? GROUP BY table_name',
    )
    .all(runId) as { table: string; first: number }[]
}

/** Takes back all that the runs after `runId` did to the versioned tables; costs what they changed. */
export function undoRunsAfter(connection: Connection, runId: number): void {
  for (const { table, first } of tablesTouchedAfter(connection, runId)) {
    connection.prepare(`DELETE FROM ${quoteName(table)} WHERE version >= ?`).run(first)
    reopen(connection, table, `to_run > ${runId}`, keyBefore(connection, table, `run_id > ${runId}`))
  }
  connection.prepare('DELETE FROM assay_run_table WHERE run_id > ?').run(runId)
  connection.prepare('DELETE FROM assay_sighting WHERE run_id > ?').run(runId)
}
