import { quoteName, type Connection } from '../../store/database.ts'
import { firstDay, lastDay } from './slice-rows.ts'

/**
 * Puts the spans of days that a SELECT gives, by the values of some columns and with their first and last day at the end, into a
 * temporary table in place of what it has. Those that overlap or touch become one: a row must not be found by two.
 */
export function mergeSpans(connection: Connection, columns: readonly string[], select: string, table: string): void {
  const list = columns.map(quoteName).join(', ')
  const target = `temp.${quoteName(table)}`
  connection.exec(`
    DROP TABLE IF EXISTS temp.assay_spans;
    CREATE TABLE temp.assay_spans AS WITH spans (${list}, ${firstDay}, ${lastDay}) AS (${select}),
    reached AS (
      SELECT *, max(${lastDay}) OVER (
        PARTITION BY ${list} ORDER BY ${firstDay}, ${lastDay} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS latest FROM spans
    ),
    numbered AS (
      SELECT *, sum(latest IS NULL OR ${firstDay} > latest + 1) OVER (
        PARTITION BY ${list} ORDER BY ${firstDay}, ${lastDay} ROWS UNBOUNDED PRECEDING
      ) AS island FROM reached
    )
    SELECT ${list}, min(${firstDay}), max(${lastDay}) FROM numbered GROUP BY ${list}, island;
    DELETE FROM ${target};
    INSERT INTO ${target} SELECT * FROM temp.assay_spans;
    DROP TABLE temp.assay_spans`)
}
