import { insideOf, type SqlRange } from './sql-range.ts'

/** The queries that a WITH names, and what comes behind it. */
export interface WithClause {
  readonly queries: readonly { readonly name: string; readonly body: SqlRange }[]
  readonly clause: SqlRange
  readonly rest: SqlRange
}

/** Reads the WITH that a query begins with; null where it begins with none. */
export function readWith(query: SqlRange): WithClause | null {
  const { tokens, from } = query
  if (tokens[from]?.word !== 'WITH') return null
  const queries: { name: string; body: SqlRange }[] = []
  let at = tokens[from + 1]?.word === 'RECURSIVE' ? from + 2 : from + 1
  for (;;) {
    const name = tokens[at]?.text ?? ''
    at += 1
    // The names of its columns.
    at = (tokens[at]?.closedBy ?? at - 1) + 1
    while (['AS', 'NOT', 'MATERIALIZED'].includes(tokens[at]?.word ?? '')) at += 1
    const body = insideOf(query, at)
    if (body === null) break
    queries.push({ name, body })
    at = body.to + 1
    if (tokens[at]?.text !== ',') break
    at += 1
  }
  return { queries, clause: { ...query, to: at }, rest: { ...query, from: at } }
}
