import type { Connection } from '../../store/database.ts'
import {
  differenceClasses,
  type ComparisonSummary,
  type ComparisonTask,
  type DifferenceClass,
} from './comparison-task.ts'
import { bitsPerMask, differenceTable } from './find-differences.ts'

/** Counts the classes of a comparison of `rows` gathered rows; what was not gathered is equal on both sides. */
export function countClasses(connection: Connection, task: ComparisonTask, rows: number): ComparisonSummary {
  const ofClass = (name: DifferenceClass, side: 'before' | 'after') =>
    `count(*) FILTER (WHERE class = ${differenceClasses.indexOf(name)} AND ${side}_row IS NOT NULL)`
  const ofColumn = task.columns.map(
    (_, place) => `coalesce(sum(m${Math.floor(place / bitsPerMask)} >> ${place % bitsPerMask} & 1), 0)`,
  )
  const counts = connection
    .prepare(
      `SELECT ${[
        ofClass('added', 'after'),
        ofClass('removed', 'before'),
        ofClass('changed', 'before'),
        ofClass('null_key', 'before'),
        ofClass('null_key', 'after'),
        ofClass('duplicate_key', 'before'),
        ofClass('duplicate_key', 'after'),
        ...ofColumn,
      ].join(', ')} FROM ${differenceTable}`,
    )
    .raw()
    .get() as number[]
  const [added = 0, removed = 0, changed = 0, nullBefore = 0, nullAfter = 0, duplicateBefore = 0, duplicateAfter = 0] =
    counts
  const unpaired = added + removed + nullBefore + nullAfter + duplicateBefore + duplicateAfter
  const equalPairs = (rows - unpaired) / 2 - changed
  const differingBefore = removed + changed + nullBefore + duplicateBefore
  const differingAfter = added + changed + nullAfter + duplicateAfter
  const countOf = (sql: string | null, gathered: number) =>
    sql === null ? gathered : Number(connection.prepare(sql).pluck().get())
  const before = countOf(task.before.countSql, differingBefore + equalPairs)
  const after = countOf(task.after.countSql, differingAfter + equalPairs)
  const unchanged = before - differingBefore
  if (unchanged !== after - differingAfter || !Number.isInteger(unchanged) || unchanged < 0)
    throw new Error(`the classes do not sum up: ${JSON.stringify({ before, after, rows, counts })}`)
  return {
    rows: { before, after },
    added,
    removed,
    changed,
    unchanged,
    nullKeys: { before: nullBefore, after: nullAfter },
    duplicateKeys: { before: duplicateBefore, after: duplicateAfter },
    byColumn: counts.slice(counts.length - task.columns.length),
  }
}
