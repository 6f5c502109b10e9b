import type { Connection } from '../../store/database.ts'
import { comparedNames, comparedRows } from './compared-rows.ts'
import { differenceClasses, type ComparisonTask, type DifferenceClass } from './comparison-task.ts'

/** The rows that are not equal on both sides, in the order of their keys; `class` is a place in `differenceClasses`, m0, m1, … are masks. */
export const differenceTable = 'temp.difference'

/** How many columns a mask tells of: so many bits are safe in the integers of SQL and of JavaScript. */
export const bitsPerMask = 30

const rowsPerStep = 100_000
/** The second row of a pair: the first one tells of both. */
const secondOfPair = -1

/** The names of the masks for so many columns. */
export function maskNames(columns: readonly unknown[]): readonly string[] {
  return Array.from({ length: Math.ceil(columns.length / bitsPerMask) }, (_, place) => `m${place}`)
}

/**
 * Finds the class of every one of `rows` gathered rows from its neighbours, and writes those that are not equal on both sides.
 * `onFound` is told the share that is done.
 */
export function findDifferences(
  connection: Connection,
  { key, columns }: ComparisonTask,
  rows: number,
  onFound: (share: number) => void,
): void {
  const masks = maskNames(columns)
  connection.exec(
    `CREATE TABLE ${differenceTable} (position INTEGER PRIMARY KEY, class, before_row, after_row${masks.map((mask) => `, ${mask}`).join('')})`,
  )
  const number = (name: DifferenceClass) => differenceClasses.indexOf(name)
  const isOfKey = (alias: string) =>
    `(${comparedNames('k', key)
      .map((name) => `${alias}.${name} = s.${name}`)
      .join(' AND ')}) IS TRUE`
  const hasNoKey = comparedNames('k', key, 's')
    .map((name) => `${name} IS NULL`)
    .join(' OR ')
  // NULL is equal to NULL, and 1 is not equal to 1.0.
  const differs = comparedNames('c', columns).map(
    (name) => `(b.${name} IS NOT a.${name} OR typeof(b.${name}) <> typeof(a.${name}))`,
  )
  const groups = masks.map((_, place) => differs.slice(place * bitsPerMask, (place + 1) * bitsPerMask))
  const isDifferent = groups.map((group) => `(${group.join(' OR ')})`).join(' OR ') || 'FALSE'
  const maskOf = (group: readonly string[]) => group.map((differ, bit) => `(${differ} << ${bit})`).join(' | ')

  // The LIMIT keeps SQLite from working out the class again for every column that hangs on it.
  const step = connection.prepare(`
    INSERT INTO ${differenceTable} (${['class', 'before_row', 'after_row', ...masks].join(', ')})
    SELECT r.class,
      CASE WHEN r.class = ${number('changed')} OR r.side = 0 THEN r.row END,
      CASE WHEN r.class = ${number('changed')} THEN r.row + 1 WHEN r.side = 1 THEN r.row END
      ${groups.map((group) => `, CASE WHEN r.class = ${number('changed')} THEN ${maskOf(group)} ELSE 0 END`).join('')}
    FROM (
      SELECT s.row AS row, s.side AS side, CASE
        WHEN ${hasNoKey} THEN ${number('null_key')}
        WHEN ${isOfKey('p')} THEN CASE
          WHEN p.side = 0 AND s.side = 1 AND NOT ${isOfKey('pp')} AND NOT ${isOfKey('n')} THEN ${secondOfPair}
          ELSE ${number('duplicate_key')} END
        WHEN ${isOfKey('n')} THEN CASE
          WHEN s.side = 0 AND n.side = 1 AND NOT ${isOfKey('nn')} THEN ${number('changed')}
          ELSE ${number('duplicate_key')} END
        WHEN s.side = 0 THEN ${number('removed')}
        ELSE ${number('added')} END AS class
      FROM ${comparedRows} AS s
        LEFT JOIN ${comparedRows} AS pp ON pp.row = s.row - 2
        LEFT JOIN ${comparedRows} AS p ON p.row = s.row - 1
        LEFT JOIN ${comparedRows} AS n ON n.row = s.row + 1
        LEFT JOIN ${comparedRows} AS nn ON nn.row = s.row + 2
      WHERE s.row > :from AND s.row <= :to ORDER BY s.row LIMIT -1
    ) AS r
      LEFT JOIN ${comparedRows} AS b ON b.row = r.row
      LEFT JOIN ${comparedRows} AS a ON a.row = r.row + 1
    WHERE r.class <> ${secondOfPair} AND (r.class <> ${number('changed')} OR ${isDifferent})`)
  for (let from = 0; from < rows; from += rowsPerStep) {
    step.run({ from, to: from + rowsPerStep })
    onFound(Math.min(1, (from + rowsPerStep) / rows))
  }
}
