import { AppError } from '../../kernel/app-error.ts'
import { untouched } from '../../kernel/untouched.ts'
import { quoteName, type Connection } from '../../store/database.ts'
import type { VersionedTable } from '../../store/versioned-table.ts'
import { countedNoun } from '../gate/words.ts'
import { runModelSql } from './run-model-sql.ts'
import type { Slice } from './slice-rows.ts'

/** Why a key, of which the values are given, has so many rows, in words. */
export type ExplainFanOut = (key: readonly unknown[], rows: number) => string

/** A table to be brought to what a SELECT gives. */
export interface TableBuild {
  readonly table: VersionedTable
  /** Guarded SQL that gives at least the table's columns. */
  readonly select: string
  /** The file of the SQL, for errors. */
  readonly path: string
  /** Says why there are several rows of one key, which has these values; called before the table is taken back. */
  readonly explain?: ExplainFanOut
  /** The slice of the table that the SELECT gives; left out where it gives all of it. */
  readonly slice?: Slice
  /** Where another thread has put the rows of the SELECT already, by key. */
  readonly computed?: string
}

/** SQL that makes a table for the rows of a SELECT, `relation`, and fills it; it fails where the keys are not unique and complete. */
export function fillByKey(build: TableBuild, relation: string): string {
  const keys = build.table.key.map(quoteName).join(', ')
  return `${createFor(build, relation, `, PRIMARY KEY (${keys})) WITHOUT ROWID`)}; ${fill(build, relation)}`
}

// With the types of the table: between columns of other types SQLite compares, but finds nothing by an index.
function createFor({ table }: TableBuild, relation: string, more: string): string {
  const typed = table.columns.map(({ name, isText }) => `${quoteName(name)} ${isText ? 'TEXT' : 'INTEGER'}`)
  return `DROP TABLE IF EXISTS ${relation}; CREATE TABLE ${relation} (${typed.join(', ')}${more}`
}

function fill({ table, select }: TableBuild, relation: string): string {
  const list = table.columns.map(({ name }) => quoteName(name)).join(', ')
  const order = table.key.map(quoteName).join(', ')
  return `INSERT INTO ${relation} (${list}) SELECT ${list} FROM (\n${select}\n) ORDER BY ${order}`
}

/** Fills `temp.built` with what the SELECT gives, by key; stops a model of which the keys are not unique and complete. */
export function fillBuilt(connection: Connection, build: TableBuild): void {
  const run = (sql: string) => runModelSql({ name: build.table.name, path: build.path }, () => connection.exec(sql))
  try {
    run(fillByKey(build, 'temp.built'))
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('SQLITE_CONSTRAINT'))
      throw error
    // All rows are needed to say how many there are of a key.
    run(`${createFor(build, 'temp.built', ')')}; ${fill(build, 'temp.built')}`)
    refuseKeys(connection, build)
    throw error
  }
}

/** The grain is a promise: a model with two rows of one key, or a key that is null, is stopped, and the key is named. */
function refuseKeys(connection: Connection, build: TableBuild): void {
  const { key, name } = build.table
  const keys = key.map(quoteName).join(', ')
  const hasNull = key.map((column) => `${quoteName(column)} IS NULL`).join(' OR ')
  let problem: string | undefined
  try {
    connection.exec(`CREATE UNIQUE INDEX temp.built_key ON built (${keys})`)
    if (connection.prepare(`SELECT 1 FROM temp.built WHERE ${hasNull} LIMIT 1`).get() !== undefined)
      problem = `has a row whose key (${key.join(', ')}) is not complete`
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'SQLITE_CONSTRAINT_UNIQUE') throw error
    const worst = connection
      .prepare(
        `SELECT ${keys}, count(*) AS rows FROM temp.built GROUP BY ${keys} HAVING count(*) > 1 ORDER BY rows DESC LIMIT 1`,
      )
      .raw()
      .get() as unknown[]
    const why = build.explain?.(worst.slice(0, -1), Number(worst.at(-1))) ?? 'a join multiplies rows'
    problem = `has ${countedNoun(Number(worst.at(-1)), 'row')} for the key ${key.map((column, index) => `${column} = ${String(worst[index])}`).join(', ')}: ${why}`
  }
  if (problem === undefined) return
  throw new AppError('MODEL_FAILED', `The model ${name} ${problem}. Its grain is one row per ${key.join(', ')}.`, {
    place: { file: build.path, table: name },
    saved: untouched,
    hint: 'Mend the join or the grain of the model, then run again.',
  })
}
