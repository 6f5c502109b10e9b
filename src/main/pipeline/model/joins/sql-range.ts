import type { SqlToken } from './scan-sql.ts'

/** Some neighbouring tokens of SQL. */
export interface SqlRange {
  readonly sql: string
  readonly tokens: readonly SqlToken[]
  readonly from: number
  /** Behind the last one. */
  readonly to: number
}

/** The text of a range, as it is written. */
export function textOf({ sql, tokens, from, to }: SqlRange): string {
  return sql.slice(tokens[from]?.from ?? 0, tokens[to - 1]?.to ?? 0)
}

/** What stands within the parenthesis that opens at a place; null where none does. */
export function insideOf(range: SqlRange, at: number): SqlRange | null {
  const closedBy = range.tokens[at]?.closedBy ?? null
  return closedBy === null ? null : { ...range, from: at + 1, to: closedBy }
}

/** The places of a range that are not within parentheses. */
export function outerPlaces({ tokens, from, to }: SqlRange): readonly number[] {
  const places: number[] = []
  for (let at = from; at < to; at = (tokens[at]?.closedBy ?? at) + 1) places.push(at)
  return places
}

/** Whether a range is a query of its own. */
export function isQuery({ tokens, from }: SqlRange): boolean {
  return ['SELECT', 'WITH', 'VALUES'].includes(tokens[from]?.word ?? '')
}
