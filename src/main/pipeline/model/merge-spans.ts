import { quoteName, type Connection, type SqlValue } from '../../store/database.ts'

/** Days from a first to a last one, of some values. */
export interface Span {
  readonly values: readonly SqlValue[]
  readonly first: number
  readonly last: number
}

/** So many days between two spans cost less than looking up one span more. */
const nearDays = 7

/** Spans in the order of their values and first days, of which those of the same values that overlap or lie near each other become one. */
export function mergeSpans(spans: Iterable<Span>): readonly Span[] {
  const merged: Span[] = []
  for (const span of spans) {
    const before = merged.at(-1)
    if (before === undefined || !isReached(before, span)) merged.push(span)
    else if (span.last > before.last) merged[merged.length - 1] = { ...before, last: span.last }
  }
  return merged
}

function isReached({ values, last }: Span, span: Span): boolean {
  return span.first <= last + 1 + nearDays && values.every((value, at) => value === span.values[at])
}

/** The spans that a SELECT gives, with their first and last day behind their values, one after the other in the order of all columns. */
export function* readSpans(connection: Connection, select: string): Iterable<Span> {
  const statement = connection.prepare(select)
  const order = statement.columns().map((_, index) => index + 1)
  const rows = connection.prepare(`SELECT * FROM (${select}) ORDER BY ${order.join(', ')}`).raw()
  for (const row of rows.iterate() as IterableIterator<SqlValue[]>)
    yield { values: row.slice(0, -2), first: Number(row.at(-2)), last: Number(row.at(-1)) }
}

/** Puts spans into a temporary table in place of what it has. */
export function writeSpans(connection: Connection, table: string, spans: readonly Span[]): void {
  const target = `temp.${quoteName(table)}`
  connection.exec(`DELETE FROM ${target}`)
  const [some] = spans
  if (some === undefined) return
  const insert = connection.prepare(`INSERT INTO ${target} VALUES (${'?, '.repeat(some.values.length)}?, ?)`)
  connection.transaction(() => {
    for (const { values, first, last } of spans) insert.run(...values, first, last)
  })()
}
