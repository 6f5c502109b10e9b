import { AppError } from '../../kernel/app-error.ts'
import { untouched } from '../../kernel/untouched.ts'
import { inTransaction, quoteName, type Connection } from '../../store/database.ts'
import {
  countChanges,
  ensureIndexes,
  ensureVersionedTable,
  noteFirstVersion,
  closeOtherFormed,
} from '../../store/versioned-table.ts'
import { fillBuilt, type TableBuild } from './fill-built.ts'
import { inSlice, rowsInSlice, type Slice } from './slice-rows.ts'

/**
 * Brings a versioned table to the rows of a SELECT, in one transaction: rows that are no more or that differ are closed, new and other
 * ones are added as versions of the run; equal rows, and those outside of the slice, stay untouched. Returns how many versions were added
 * and closed.
 */
export function buildTable(connection: Connection, runId: number, build: TableBuild): number {
  const { table, slice } = build
  const target = quoteName(table.name)
  const columns = table.columns.map((column) => quoteName(column.name))
  const list = columns.join(', ')
  const built = build.computed ?? 'temp.built'
  return inTransaction(connection, () => {
    closeOtherFormed(connection, runId, table)
    ensureVersionedTable(connection, table)
    noteFirstVersion(connection, runId, table.name)
    if (build.computed === undefined) fillBuilt(connection, build)
    if (slice !== undefined) refuseOthers(connection, build, slice, built)
    const isEmpty =
      connection.prepare(`SELECT NOT EXISTS (SELECT 1 FROM ${target} WHERE to_run IS NULL)`).pluck().get() === 1
    const keysEqual = table.key.map((name) => `b.${quoteName(name)} = t.${quoteName(name)}`).join(' AND ')
    if (!isEmpty) {
      const isSame = `(${columns.map((name) => `b.${name}`).join(', ')}) IS (${columns.map((name) => `t.${name}`).join(', ')})`
      connection.exec(`
        UPDATE ${target} AS t SET to_run = ${runId}
        WHERE to_run IS NULL${slice === undefined ? '' : ` AND ${isInSlice(slice, table.name)}`} AND NOT EXISTS (SELECT 1 FROM ${built} AS b WHERE ${keysEqual} AND ${isSame})`)
    }
    // What still lives is equal.
    const isOther = isEmpty
      ? 'true'
      : `NOT EXISTS (SELECT 1 FROM ${target} AS t WHERE t.to_run IS NULL AND ${keysEqual})`
    const order = table.key.map((name) => `b.${quoteName(name)}`).join(', ')
    connection.exec(
      `INSERT INTO ${target} (from_run, ${list}) SELECT ${runId}, ${list} FROM ${built} AS b WHERE ${isOther} ORDER BY ${order}`,
    )
    if (build.computed === undefined) connection.exec('DROP TABLE temp.built')
    ensureIndexes(connection, table)
    return countChanges(connection, runId, table.name)
  })
}

/** The condition that a living row of a table is in a slice. */
function isInSlice(slice: Slice, table: string): string {
  if (slice.days === null) return inSlice(slice)
  const { from, condition } = rowsInSlice(slice, table)
  return `version IN (SELECT version FROM ${from} WHERE to_run IS NULL AND ${condition})`
}

/** What a model is partitioned by is a promise too: in a slice of its inputs it must find no rows of another part. */
function refuseOthers(connection: Connection, { table, path }: TableBuild, slice: Slice, built: string): void {
  const others = connection.prepare(`SELECT 1 FROM ${built} WHERE (${inSlice(slice)}) IS NOT TRUE LIMIT 1`).get()
  if (others === undefined) return
  const columns = slice.columns.join(', ')
  throw new AppError('MODEL_FAILED', `The model ${table.name} is not partitioned by ${columns}, as its .yml says.`, {
    place: { file: path, table: table.name },
    saved: untouched,
    hint: `It gives rows of one value of ${columns} from rows of another. Take partition_by out of the .yml, or mend the SQL.`,
  })
}
