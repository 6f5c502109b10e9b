import type { SqlToken } from './scan-sql.ts'
import { outerPlaces, type SqlRange } from './sql-range.ts'

/** What a FROM begins with, and what it joins to it one after the other. */
export interface FromClause {
  readonly first: SqlRange
  readonly joined: readonly JoinedItem[]
}

export interface JoinedItem {
  /** The words of the join; for a comma those that mean the same. */
  readonly kind: string
  readonly item: SqlRange
  /** ON or USING with what comes behind; null where the join has no condition. */
  readonly condition: SqlRange | null
  /** All of the FROM before the join. */
  readonly before: SqlRange
}

const ends: ReadonlySet<string> = new Set(['WHERE', 'GROUP', 'HAVING', 'WINDOW', 'ORDER', 'LIMIT'])
const joinWords: ReadonlySet<string> = new Set(['NATURAL', 'LEFT', 'RIGHT', 'FULL', 'INNER', 'CROSS', 'OUTER', 'JOIN'])

/** What stands behind the FROM of a SELECT that is no compound one; null where it has no FROM. */
export function fromOf(select: SqlRange): SqlRange | null {
  const { tokens } = select
  const places = outerPlaces(select)
  // IS DISTINCT FROM is an operator.
  const isFrom = (at: number) =>
    tokens[at]?.word === 'FROM' &&
    !(tokens[at - 1]?.word === 'DISTINCT' && ['IS', 'NOT'].includes(tokens[at - 2]?.word ?? ''))
  const begin = places.find(isFrom)
  if (begin === undefined) return null
  const end = places.find((at) => at > begin && ends.has(tokens[at]?.word ?? ''))
  return { ...select, from: begin + 1, to: end ?? select.to }
}

/** Reads the joins of a list of joined items. */
export function readFrom(list: SqlRange): FromClause {
  const starts = joinStarts(list)
  const firstEnd = starts[0]?.from ?? list.to
  const joined = starts.map(({ from, to }, index): JoinedItem => {
    const end = starts[index + 1]?.from ?? list.to
    const rest = { ...list, from: to, to: end }
    const at = outerPlaces(rest).find((place) => ['ON', 'USING'].includes(list.tokens[place]?.word ?? ''))
    return {
      kind: kindOf(list.tokens.slice(from, to)),
      item: { ...rest, to: at ?? end },
      condition: at === undefined ? null : { ...rest, from: at },
      before: { ...list, to: from },
    }
  })
  return { first: { ...list, to: firstEnd }, joined }
}

const kindOf = (words: readonly SqlToken[]) => words.map(({ word }) => word).join(' ') || 'CROSS JOIN'

/** Where the words of each join begin, and where they end. */
function joinStarts(list: SqlRange): readonly { readonly from: number; readonly to: number }[] {
  const { tokens } = list
  const starts: { from: number; to: number }[] = []
  let from: number | null = null
  for (const at of outerPlaces(list)) {
    const { text = '', word = '' } = tokens[at] ?? {}
    if (text === ',') starts.push({ from: at, to: at + 1 })
    else if (word === 'JOIN') starts.push({ from: from ?? at, to: at + 1 })
    from = joinWords.has(word) && word !== 'JOIN' ? (from ?? at) : null
  }
  return starts
}
