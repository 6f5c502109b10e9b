import { fromOf, readFrom } from './read-from.ts'
import { readWith } from './read-with.ts'
import { scanSql } from './scan-sql.ts'
import { insideOf, isQuery, outerPlaces, textOf, type SqlRange } from './sql-range.ts'

/** A join of a SELECT. All that is SQL is text of the SELECT, as it is written. */
export interface FoundJoin {
  /** The name of the query that it stands in, as `WITH` or an alias gives it; else `the SELECT`. */
  readonly place: string
  readonly kind: string
  /** What is joined: the right side. */
  readonly item: string
  /** What is joined, for people: of a query only its alias. */
  readonly joined: string
  readonly condition: string | null
  /** What stands before the join behind FROM: the left side. */
  readonly before: string
  /** What comes behind FROM up to the end of the join. */
  readonly all: string
  /** The WITH clauses whose names may stand in it, from the outermost on. */
  readonly scopes: readonly string[]
}

interface Site {
  readonly place: string
  readonly scopes: readonly string[]
}

/**
 * Finds the joins of a SELECT: of its WITH queries, of queries in FROM, of each part of a compound one, in the order in which they are written.
 * Knows as much of SQL as tells them apart; what is cut out is left to SQLite to understand. Null where a quote or a parenthesis has no end.
 */
export function findJoins(sql: string): readonly FoundJoin[] | null {
  const tokens = scanSql(sql)
  if (tokens === null) return null
  return joinsOfQuery({ sql, tokens, from: 0, to: tokens.length }, { place: 'the SELECT', scopes: [] })
}

function joinsOfQuery(query: SqlRange, { place, scopes }: Site): readonly FoundJoin[] {
  const named = readWith(query)
  const inner = named === null ? scopes : [...scopes, textOf(named.clause)]
  const selects = partsOf(named?.rest ?? query)
  return [
    ...(named?.queries ?? []).flatMap(({ name, body }) => joinsOfQuery(body, { place: name, scopes: inner })),
    ...selects.flatMap((select, index) => {
      const from = fromOf(select)
      const part = selects.length === 1 ? place : `${place}, part ${index + 1} of ${selects.length}`
      return from === null ? [] : joinsOfList(from, { place: part, scopes: inner })
    }),
  ]
}

/** The SELECTs of a compound query. */
function partsOf(query: SqlRange): readonly SqlRange[] {
  const { tokens, from, to } = query
  const breaks = outerPlaces(query).filter((at) => ['UNION', 'EXCEPT', 'INTERSECT'].includes(tokens[at]?.word ?? ''))
  return [from, ...breaks.map((at) => at + 1)].map((start, index) => ({
    ...query,
    from: start,
    to: breaks[index] ?? to,
  }))
}

function joinsOfList(list: SqlRange, site: Site): readonly FoundJoin[] {
  const { first, joined } = readFrom(list)
  return [
    ...joinsWithin(first, site),
    ...joined.flatMap(({ kind, item, condition, before }) => [
      ...joinsWithin(item, site),
      {
        ...site,
        kind,
        item: textOf(item),
        joined: nameOf(item),
        condition: condition === null ? null : textOf(condition).replaceAll(/\s+/g, ' '),
        before: textOf(before),
        all: textOf({ ...before, to: (condition ?? item).to }),
      },
    ]),
  ]
}

/** The joins of a query, or of a list of joins in parentheses, that stands in FROM. */
function joinsWithin(item: SqlRange, { place, scopes }: Site): readonly FoundJoin[] {
  const inside = insideOf(item, item.from)
  if (inside === null) return []
  if (!isQuery(inside)) return joinsOfList(inside, { place, scopes })
  const alias = aliasOf(item, inside)
  return joinsOfQuery(inside, { place: alias === '' ? `a query in ${place}` : alias, scopes })
}

function nameOf(item: SqlRange): string {
  const inside = insideOf(item, item.from)
  if (inside === null) return textOf(item).replaceAll(/\s+/g, ' ')
  const alias = aliasOf(item, inside)
  return `${isQuery(inside) ? '(a query)' : '(joined tables)'}${alias === '' ? '' : ` AS ${alias}`}`
}

/** The name that something in parentheses gets; empty where it gets none. */
function aliasOf(item: SqlRange, { to: closing }: SqlRange): string {
  const last = item.tokens[item.to - 1]
  return item.to - 1 === closing ? '' : (last?.text ?? '')
}
