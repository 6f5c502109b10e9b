import type { Book, ReportData } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { mark } from './mark.ts'
import { table, type Column } from './table.ts'
import { count } from './words.ts'

type Part = Exclude<keyof Book, 'source'>

const incoming: readonly (readonly [Part, string])[] = [
  ['read', 'Read'],
  ['released', '+\u00A0released'],
  ['withdrawn', '+\u00A0judged anew'],
]
const outgoing: readonly (readonly [Part, string])[] = [
  ['inserted', 'New'],
  ['updated', '+\u00A0changed'],
  ['unchanged', '+\u00A0unchanged'],
  ['superseded', '+\u00A0superseded'],
  ['heldBack', '+\u00A0held back'],
]

/** What came of every row of every source: what came in equals what became of it. */
export function booksSection({ books, run }: ReportData): Html {
  return html`<section aria-labelledby="books">
    <h2 id="books">Books</h2>
    ${books.length === 0 ? html`<p>${run.status === 'published' ? 'Nothing was read in this run.' : 'The run ended before its sources were read, so there are no books.'}</p>` : booksTable(books)}
  </section>`
}

function booksTable(books: readonly Book[]): Html {
  // Nobody misses a column of zeros: rows are released and judged anew only where people decided something.
  const shown = incoming.filter(([part]) => part === 'read' || books.some((book) => book[part] !== 0))
  const sum = (parts: readonly (readonly [Part, string])[]) => (book: Book) =>
    parts.reduce((total, [part]) => total + book[part], 0)
  const [rowsIn, rowsOut] = [sum(incoming), sum(outgoing)]
  const number = (title: string, valueOf: (book: Book) => number): Column<Book> => ({
    title,
    isNumber: true,
    cell: (book) => count(valueOf(book)),
    total: count(books.reduce((total, book) => total + valueOf(book), 0)),
  })
  const balanced = (isEven: boolean) => (isEven ? mark('good', 'even') : mark('bad', 'not even'))
  return table(
    'Rows by source: what came in, and what became of each of them. Both sides have the same sum.',
    [
      { title: 'Source', isHeader: true, cell: (book) => book.source, total: 'All' },
      ...shown.map(([part, title]) => number(title, (book) => book[part])),
      ...(shown.length > 1 ? [number('=\u00A0in', rowsIn)] : []),
      ...outgoing.map(([part, title]) => number(title, (book) => book[part])),
      number('=\u00A0accounted for', rowsOut),
      {
        title: 'Books',
        cell: (book) => balanced(rowsIn(book) === rowsOut(book)),
        total: balanced(books.every((book) => rowsIn(book) === rowsOut(book))),
      },
    ],
    books,
  )
}
