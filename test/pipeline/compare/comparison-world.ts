import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { onTestFinished } from 'vitest'
import { compareRelations } from '../../../src/main/pipeline/compare/compare-relations.ts'
import type {
  ComparisonSummary,
  ComparisonTask,
  Difference,
} from '../../../src/main/pipeline/compare/comparison-task.ts'
import { createDifferenceReader } from '../../../src/main/pipeline/compare/read-differences.ts'
import { openConnection, type SqlValue } from '../../../src/main/store/database.ts'
import { temporaryFolder } from '../../helpers/feeds.ts'

/** A row: the values of its key, and those beside it. */
export interface Row {
  readonly key: readonly SqlValue[]
  readonly values: readonly SqlValue[]
}

// Few values, so that keys meet and cells are equal; among them those that are equal to a careless eye.
const part = fc.constantFrom<SqlValue>('a', 'b', 'B', 'é', '', 1, 2, null)
const value = fc.constantFrom<SqlValue>('x', 'X', '', '1', 1, 0, 1.5, null, Buffer.from('x'))

/** Rows of a key of `keys` columns and `columns` columns beside it. */
export const rowsOf = (keys: number, columns: number, maxLength = 12) =>
  fc.array(
    fc.record({
      key: fc.array(part, { minLength: keys, maxLength: keys }),
      values: fc.array(value, { minLength: columns, maxLength: columns }),
    }),
    { maxLength },
  )

export interface Compared {
  readonly summary: ComparisonSummary
  readonly task: ComparisonTask
  readonly differences: readonly Difference[]
  readonly reader: ReturnType<typeof createDifferenceReader>
}

/** Compares two lists of rows that lie in the tables of a database, as the product does. */
export function compareRows(before: readonly Row[], after: readonly Row[], keys: number, columns: number): Compared {
  const path = join(temporaryFolder(), 'rows.db')
  const names = [
    ...Array.from({ length: keys }, (_, place) => `key ${place}`),
    ...Array.from({ length: columns }, (_, place) => `column ${place}`),
  ]
  const list = names.map((name) => `"${name}"`).join(', ')
  const filled = new Database(path)
  filled.pragma('synchronous = OFF')
  filled.exec('BEGIN')
  for (const [table, rows] of Object.entries({ before, after })) {
    filled.exec(`CREATE TABLE "${table}" (${list})`)
    const insert = filled.prepare(`INSERT INTO "${table}" VALUES (${names.map(() => '?').join(', ')})`)
    for (const row of rows) insert.run(...row.key, ...row.values)
  }
  filled.exec('COMMIT')
  filled.close()
  const side = (table: string) => ({ sql: `"${table}"`, countSql: null, expectedRows: null })
  const task: ComparisonTask = {
    databasePath: path,
    before: side('before'),
    after: side('after'),
    key: names.slice(0, keys).map((name) => ({ name, type: 'text' })),
    columns: names.slice(keys).map((name) => ({ name, type: 'text' })),
    stamp: { sql: 'SELECT 1', value: 1 },
  }
  const connection = openConnection(path, { readonly: true })
  onTestFinished(() => void connection.close())
  const summary = compareRelations(connection, task)
  const reader = createDifferenceReader(connection, task)
  return { summary, task, differences: reader.page({ class: null, column: null }, 0, 10_000), reader }
}

/** A value so that only an equal one of the same type gives the same text. */
const textOf = (one: SqlValue) =>
  Buffer.isBuffer(one) ? `blob ${one.toString('hex')}` : `${typeof one} ${String(one)}`

export const keyOf = (row: Pick<Row, 'key'>) => row.key.map(textOf).join('|')
export const sameValues = (one: readonly SqlValue[], other: readonly SqlValue[]) =>
  one.every((cell, place) => textOf(cell) === textOf(other[place] ?? null))

/** What a comparison should say, worked out row by row in memory. */
export function expectedSummary(before: readonly Row[], after: readonly Row[], columns: number): ComparisonSummary {
  const hasKey = ({ key }: Row) => key.every((one) => one !== null)
  const grouped = [before, after].map((rows) => Map.groupBy(rows.filter(hasKey), keyOf))
  const [left, right] = [grouped[0]!, grouped[1]!]
  const summary = {
    rows: { before: before.length, after: after.length },
    added: 0,
    removed: 0,
    changed: 0,
    unchanged: 0,
    nullKeys: {
      before: before.filter((row) => !hasKey(row)).length,
      after: after.filter((row) => !hasKey(row)).length,
    },
    duplicateKeys: { before: 0, after: 0 },
    byColumn: Array.from({ length: columns }, () => 0),
  }
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [old, now] = [left.get(key) ?? [], right.get(key) ?? []]
    if (old.length > 1 || now.length > 1) {
      summary.duplicateKeys.before += old.length
      summary.duplicateKeys.after += now.length
    } else if (old[0] === undefined) summary.added += 1
    else if (now[0] === undefined) summary.removed += 1
    else if (sameValues(old[0].values, now[0].values)) summary.unchanged += 1
    else {
      summary.changed += 1
      for (const [place, cell] of old[0].values.entries())
        if (!sameValues([cell], [now[0].values[place] ?? null])) summary.byColumn[place]! += 1
    }
  }
  return summary
}
