import { AppError } from '../../kernel/app-error.ts'
import { quoteName, type Connection } from '../../store/database.ts'
import type { VersionedTable } from '../../store/versioned-table.ts'
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
}

/** Fills `temp.built` with what the SELECT gives, by key; stops a model of which the keys are not unique and complete. */
export function fillBuilt(connection: Connection, build: TableBuild): void {
  // With the types of the table: between columns of other types SQLite compares, but finds nothing by an index.
  const typed = build.table.columns.map(({ name, isText }) => `${quoteName(name)} ${isText ? 'TEXT' : 'INTEGER'}`)
  const create = (more: string) =>
    connection.exec(`DROP TABLE IF EXISTS temp.built; CREATE TABLE temp.built (${typed.join(', ')}${more}`)
  create(`, PRIMARY KEY (${build.table.key.map(quoteName).join(', ')})) WITHOUT ROWID`)
  try {
    runSelect(connection, build)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('SQLITE_CONSTRAINT'))
      throw error
    // All rows are needed to say how many there are of a key.
    create(')')
    runSelect(connection, build)
    refuseKeys(connection, build)
    throw error
  }
}

/** Runs SQL of the project and gives its errors (an overflow, a bad cast) a form for people. */
function runSelect(connection: Connection, build: TableBuild): void {
  const { key, columns } = build.table
  const list = columns.map(({ name }) => quoteName(name)).join(', ')
  const order = key.map(quoteName).join(', ')
  try {
    connection
      .prepare(`INSERT INTO temp.built (${list}) SELECT ${list} FROM (\n${build.select}\n) ORDER BY ${order}`)
      .run()
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'SQLITE_ERROR') throw error
    throw new AppError('MODEL_FAILED', `The model ${build.table.name} failed: ${error.message}.`, {
      place: { file: build.path, table: build.table.name },
      saved: 'Nothing of this run was published; what was published before is untouched.',
      hint: 'Mend the SQL of the model, then run again.',
      cause: error,
    })
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
    problem = `has ${String(worst.at(-1))} rows for the key ${key.map((column, index) => `${column} = ${String(worst[index])}`).join(', ')}: ${why}`
  }
  if (problem === undefined) return
  throw new AppError('MODEL_FAILED', `The model ${name} ${problem}. Its grain is one row per ${key.join(', ')}.`, {
    place: { file: build.path, table: name },
    saved: 'Nothing of this run was published; what was published before is untouched.',
    hint: 'Mend the join or the grain of the model, then run again.',
  })
}
