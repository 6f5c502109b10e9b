import { quoteName } from '../../store/database.ts'
import type { WatchContext } from './watch-context.ts'

/** The number of rows by company in a model's table, now and in what was published, of the companies whose rows the run touched. */
export function countByCompany(
  { connection, runId, publishedRun }: WatchContext,
  table: string,
  column: string,
): readonly { readonly company: string; readonly rows: number; readonly rowsBefore: number }[] {
  const company = quoteName(column)
  return connection
    .prepare(
      `SELECT ${company} AS company, sum(to_run IS NULL) AS rows,
        sum(from_run <= :before AND (to_run IS NULL OR to_run > :before)) AS rowsBefore
      FROM ${quoteName(table)} WHERE ${company} IS NOT NULL
      GROUP BY ${company} HAVING max(from_run) = :run AND rows > 1`,
    )
    .all({ before: publishedRun, run: runId }) as { company: string; rows: number; rowsBefore: number }[]
}
