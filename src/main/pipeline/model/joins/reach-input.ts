import { markOf } from './mark-inputs.ts'
import { readWith } from './read-with.ts'
import { scanSql } from './scan-sql.ts'
import { textOf } from './sql-range.ts'

/** Whether a text of a SELECT reads what is read in one place of its inputs: there itself, or by the name of a WITH query of the scopes. */
export function reachesInput(text: string, place: number, scopes: readonly string[]): boolean {
  const queries = scopes.flatMap((scope) => {
    const tokens = scanSql(scope)
    const clause = tokens === null ? null : readWith({ sql: scope, tokens, from: 0, to: tokens.length })
    return clause?.queries.map(({ name, body }) => ({ name, text: textOf(body) })) ?? []
  })
  const names = new Set<string>()
  const reads = (sql: string) =>
    sql.includes(markOf(place)) || (scanSql(sql)?.some((token) => names.has(token.text)) ?? false)
  // A query reads those that are named before it.
  for (const query of queries) if (reads(query.text)) names.add(query.name)
  return reads(text)
}
