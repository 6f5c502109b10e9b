import type { Connection } from '../../store/database.ts'
import { quoteName } from '../../store/database.ts'
import type { ComparisonTask } from './comparison-task.ts'

/** The rows of both sides, in the order of their keys; `side` is 0 before and 1 after, keys are k0, k1, …, columns c0, c1, …. */
export const comparedRows = 'temp.compared_row'

/** The names that the columns of a relation have among the compared rows, of which a table may be named too. */
export function comparedNames(letter: 'k' | 'c', columns: readonly unknown[], alias = ''): readonly string[] {
  return columns.map((_, place) => `${alias === '' ? '' : `${alias}.`}${letter}${place}`)
}

/** One row in so many tells that it was read: often enough to show, and to be stopped, and too rare to cost anything. */
const rowsPerTick = 4_096

/**
 * Copies the rows of both sides into one table, sorted by key: rows of one key lie side by side then. The columns have no type, so that
 * nothing is converted. Returns how many rows there are; `onRead` is told the share of them that was read.
 */
export function gatherRows(connection: Connection, task: ComparisonTask, onRead: (share: number) => void): number {
  const { key, columns } = task
  const own = [...comparedNames('k', key), ...comparedNames('c', columns)]
  connection.exec(`CREATE TABLE ${comparedRows} (row INTEGER PRIMARY KEY, side, ${own.join(', ')})`)
  const expected = (task.before.expectedRows ?? 0) + (task.after.expectedRows ?? 0)
  let ticks = 0
  connection.function('assay_tick', { deterministic: false, varargs: false }, (side: number) => {
    ticks += 1
    if (expected > 0) onRead(Math.min(1, (ticks * rowsPerTick) / expected))
    return side
  })
  const list = [...key, ...columns].map(({ name }) => quoteName(name)).join(', ')
  const select = (side: 0 | 1, sql: string) =>
    `SELECT CASE WHEN random() & ${rowsPerTick - 1} THEN ${side} ELSE assay_tick(${side}) END, ${list} FROM ${sql}`
  const order = [...key.map((_, place) => `${place + 2} COLLATE BINARY`), '1']
  const { changes } = connection
    .prepare(
      `INSERT INTO ${comparedRows} (side, ${own.join(', ')})
      ${select(0, task.before.sql)} UNION ALL ${select(1, task.after.sql)} ORDER BY ${order.join(', ')}`,
    )
    .run()
  return changes
}
