import { quoteName, quoteText, type Connection } from '../../../store/database.ts'
import { isLiving, isSeenByInParts } from '../../../store/versioned-table.ts'
import type { ComparedSide } from '../../compare/comparison-task.ts'

/**
 * The sides of a comparison of two runs' rows of a versioned table, as far as they may differ: versions born or closed between the runs,
 * and rows without a complete key, which are never equal. All other rows are the same versions on both sides.
 */
export function changedVersions(
  connection: Connection,
  table: { readonly name: string; readonly columns: readonly string[]; readonly key: readonly string[] },
  runs: { readonly before: number; readonly after: number },
): { readonly before: ComparedSide; readonly after: ComparedSide } {
  const [earlier, later] = [Math.min(runs.before, runs.after), Math.max(runs.before, runs.after)]
  const name = quoteName(table.name)
  const select = (condition: string) =>
    `SELECT ${table.columns.map(quoteName).join(', ')} FROM ${name} WHERE ${condition}`
  const hasNoKey = `(${table.key.map((column) => `${quoteName(column)} IS NULL`).join(' OR ')})`
  const withoutKey = isSeenByInParts(later).map((seen) => select(`${seen} AND from_run <= ${earlier} AND ${hasNoKey}`))
  const sideOf = (run: number): ComparedSide => {
    const own = run === earlier ? [closedBetween(earlier, later)] : bornBetween(connection, table.name, earlier, later)
    const parts = earlier === later ? withoutKey : [...own.map(select), ...withoutKey]
    return {
      sql: `(${parts.join(' UNION ALL ')})`,
      countSql: countSeen(connection, table.name, run),
      expectedRows: null,
    }
  }
  return { before: sideOf(runs.before), after: sideOf(runs.after) }
}

/** Seen by the earlier run, and no more by the later one. */
const closedBetween = (earlier: number, later: number) =>
  `to_run > ${earlier} AND to_run <= ${later} AND from_run <= ${earlier}`

/** Seen by the later run, and not yet by the earlier one: versions are numbered as runs add them, so that they lie together. */
function bornBetween(connection: Connection, table: string, earlier: number, later: number): readonly string[] {
  const first = firstVersion(connection, table, `run_id > ${earlier} AND run_id <= ${later}`)
  if (first === null) return []
  const next = firstVersion(connection, table, `run_id > ${later}`)
  const range = `version >= ${first}${next === null ? '' : ` AND version < ${next}`}`
  return [`${range} AND from_run > ${earlier} AND from_run <= ${later} AND (to_run IS NULL OR to_run > ${later})`]
}

/** Counts the rows that a run sees from those that live, which an index counts, and from what was written after the run. */
function countSeen(connection: Connection, table: string, run: number): string {
  const name = quoteName(table)
  const living = `SELECT count(*) FROM ${name} WHERE ${isLiving}`
  const closedSince = `SELECT count(*) FROM ${name} WHERE to_run > ${run} AND from_run <= ${run}`
  const next = firstVersion(connection, table, `run_id > ${run}`)
  const bornSince = `SELECT count(*) FROM ${name} WHERE version >= ${next} AND from_run > ${run} AND +to_run IS NULL`
  return `SELECT (${living}) + (${closedSince})${next === null ? '' : ` - (${bornSince})`}`
}

/** The first version that the runs of a condition added to a table; null where they did not write there. */
function firstVersion(connection: Connection, table: string, condition: string): number | null {
  return connection
    .prepare(`SELECT min(first_version) FROM assay_run_table WHERE table_name = ${quoteText(table)} AND ${condition}`)
    .pluck()
    .get() as number | null
}
