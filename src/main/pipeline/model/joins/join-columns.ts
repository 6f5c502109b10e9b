import { scanSql, type SqlToken } from './scan-sql.ts'
import { insideOf, outerPlaces } from './sql-range.ts'

/** A column of what is joined that the condition of a join says is equal to something. */
export interface JoinColumn {
  readonly name: string
  /** As it is written behind ON, with the alias; as a USING has it without. */
  readonly written: string
}

/**
 * The columns of a side of a join, which is text of the SELECT, by which its rows are found: those of equations that all must hold.
 * None where the condition does not say so plainly.
 */
export function joinColumns(side: string, condition: string | null): readonly JoinColumn[] {
  const tokens = condition === null ? null : scanSql(condition)
  if (condition === null || tokens === null) return []
  const range = { sql: condition, tokens, from: 1, to: tokens.length }
  if (tokens[0]?.word === 'USING') {
    const inside = insideOf(range, 1)
    const names = inside === null ? [] : tokens.slice(inside.from, inside.to).filter(({ text }) => text !== ',')
    return names.map(({ text }) => ({ name: nameOf(text), written: text }))
  }
  const places = outerPlaces(range)
  if (places.some((at) => tokens[at]?.word === 'OR')) return []
  const breaks = places.filter((at) => tokens[at]?.word === 'AND')
  const alias = scanSql(side)?.at(-1)?.text
  if (alias === undefined) return []
  return [range.from, ...breaks.map((at) => at + 1)].flatMap((from, index) => {
    const part = tokens.slice(from, breaks[index] ?? range.to)
    return isEquation(part) ? [part.slice(0, 3), part.slice(4)].flatMap((column) => columnOf(column, alias)) : []
  })
}

/** `a.x = b.y` */
function isEquation(part: readonly SqlToken[]): boolean {
  const { 1: dot, 3: equals, 5: otherDot } = part
  return part.length === 7 && dot?.text === '.' && equals?.text === '=' && otherDot?.text === '.'
}

function columnOf(column: readonly SqlToken[], alias: string): readonly JoinColumn[] {
  const [of, , name] = column.map(({ text }) => text)
  if (of === undefined || name === undefined || nameOf(of) !== nameOf(alias)) return []
  return [{ name: nameOf(name), written: `${of}.${name}` }]
}

/** A name without its quotes; SQLite tells capitals of no names apart. */
function nameOf(text: string): string {
  return text.replace(/^["`[]|["`\]]$/g, '').toLowerCase()
}
