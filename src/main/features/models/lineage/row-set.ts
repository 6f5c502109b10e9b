import { AppError } from '../../../kernel/app-error.ts'
import { guardSelect } from '../../../pipeline/model/guard-select.ts'
import { quoteName, quoteText, type Connection, type SqlValue } from '../../../store/database.ts'
import { cellOf } from '../../../pipeline/run/relation/cell-value.ts'
import type { TracedRow } from '../protocol.ts'
import type { Relation } from '../../../pipeline/run/relation/relation.ts'
import { rowKey } from '../../../pipeline/run/relation/row-key.ts'

/** Rows of one relation, as SQL to be put behind FROM. */
export interface RowSet {
  readonly sql: string
  /** The tables that the SQL reads; none where the rows stand in it. */
  readonly tables: ReadonlySet<string>
  readonly isOneRow: boolean
}

export interface ReadRowSet {
  readonly total: number
  /** The first of them. */
  readonly rows: readonly TracedRow[]
  /** To go on from. */
  readonly set: RowSet
}

const noTables: ReadonlySet<string> = new Set()

/** Rows given by their values. */
export function rowsOfValues(columns: readonly string[], rows: readonly (readonly SqlValue[])[]): RowSet {
  const [only] = rows
  const isOneRow = rows.length === 1
  const names = columns.map(quoteName)
  // A single row is written as plain expressions, which the planner sees through: an index can then be used.
  const sql =
    only !== undefined && isOneRow
      ? `(SELECT ${names.map((name, index) => `${literal(only[index] ?? null)} AS ${name}`).join(', ')})`
      : `(SELECT ${names.map((name, index) => `column${index + 1} AS ${name}`).join(', ')} FROM (VALUES ${rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')}))`
  return { sql, tables: noTables, isOneRow }
}

/** The rows of `wanted` that belong to rows of `known` by a condition of the project; `asWanted` and `asKnown` are their names in it. */
export function matchRows(
  wanted: Relation,
  known: RowSet,
  condition: string,
  [asWanted, asKnown]: readonly ['r', 's'] | readonly ['s', 'r'],
): RowSet {
  const distinct = known.isOneRow ? '' : 'DISTINCT '
  return {
    sql: `(SELECT ${distinct}${asWanted}.* FROM ${wanted.sql} AS ${asWanted} JOIN ${known.sql} AS ${asKnown} ON (\n${condition}\n))`,
    tables: new Set([...wanted.tables, ...known.tables]),
    isOneRow: false,
  }
}

/** The rows that are in any of the sets, which are of one relation. */
export function uniteRows(sets: readonly RowSet[]): RowSet | null {
  const [first] = sets
  if (first === undefined || sets.length === 1) return first ?? null
  return {
    sql: `(${sets.map(({ sql }) => `SELECT * FROM ${sql}`).join(' UNION ')})`,
    tables: new Set(sets.flatMap(({ tables }) => [...tables])),
    isOneRow: false,
  }
}

/** Counts the rows of a set and reads the first of them. Its SQL, part of which is the project's, is vetted before it runs. */
export function readRowSet(
  connection: Connection,
  relation: Relation,
  set: RowSet,
  limit: number,
  origin: { readonly what: string; readonly path: string },
): ReadRowSet {
  const select = `SELECT * FROM ${set.sql}`
  vet(connection, select, set.tables, origin)
  const total = Number(connection.prepare(`SELECT count(*) FROM ${set.sql}`).pluck().get())
  // Sorting a million rows to show a hundred would take longer than all else.
  const order = total > limit ? '' : `ORDER BY ${relation.key.map(({ name }) => quoteName(name)).join(', ')}`
  const statement = connection.prepare(`${select} ${order} LIMIT ${limit}`).safeIntegers().raw()
  const names = statement.columns().map((column) => column.name)
  const rows = statement.all() as SqlValue[][]
  return {
    total,
    rows: rows.map((row) => tracedRow(relation, new Map(names.map((name, index) => [name, row[index] ?? null])))),
    // Few rows are carried on as they are, so that the way here is not gone again for each step that follows.
    set: total > 0 && total <= rows.length ? rowsOfValues(names, rows) : set,
  }
}

/** What the guard says is meant for runs; here it is a question that cannot be answered. */
function vet(
  connection: Connection,
  select: string,
  tables: ReadonlySet<string>,
  origin: { readonly what: string; readonly path: string },
): void {
  try {
    guardSelect(connection, select, tables, origin.what, origin.path)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, error.message, {
      place: error.place,
      saved: 'Nothing was changed.',
      hint: 'Mend the lineage in the .yml of the model: a condition on r, its row, and s, a row of what it reads.',
      cause: error,
    })
  }
}

/** A row by its values, as a person reads it. */
export function tracedRow(relation: Relation, values: ReadonlyMap<string, SqlValue>): TracedRow {
  const of = (name: string) => values.get(name) ?? null
  const rowId = of('row_id')
  const isStaged = relation.layer === 'source' && typeof rowId === 'string'
  return {
    key: rowKey(
      relation.key,
      relation.key.map(({ name }) => of(name)),
    ),
    cells: relation.columns.map(({ name, type }) => cellOf(type, of(name))),
    staged: isStaged
      ? {
          row_id: rowId,
          file: rowId.slice(0, rowId.lastIndexOf(':')),
          line: Number(rowId.slice(rowId.lastIndexOf(':') + 1)),
          arrival: Number(of('arrival')),
          run_id: Number(of('loaded_run_id')),
        }
      : null,
  }
}

function literal(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (typeof value !== 'string') return Buffer.isBuffer(value) ? `x'${value.toString('hex')}'` : String(value)
  // A NUL would end the statement.
  return value.includes('\0') ? `CAST(x'${Buffer.from(value).toString('hex')}' AS TEXT)` : quoteText(value)
}
