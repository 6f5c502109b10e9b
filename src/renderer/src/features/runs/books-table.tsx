import type { SourceBook } from '#features/runs'
import { formatCount, formatInstant } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import './books-table.css'

const cameIn = [
  { key: 'rows_read', sign: '', title: 'Read' },
  { key: 'released', sign: '+', title: 'Released' },
] as const

const wentOut = [
  { key: 'inserted', sign: '=', title: 'Inserted' },
  { key: 'updated', sign: '+', title: 'Updated' },
  { key: 'unchanged', sign: '+', title: 'Unchanged' },
  { key: 'superseded', sign: '+', title: 'Superseded' },
  { key: 'quarantined', sign: '+', title: 'Quarantined' },
] as const

type Counts = Omit<SourceBook, 'high_water_mark'>

/** The books of each source as a sum that one can follow: what was read and released is what became of it. */
export function BooksTable({ sources }: { readonly sources: Readonly<Record<string, SourceBook>> }) {
  const names = Object.keys(sources)
  const total = sumOf(Object.values(sources))
  return (
    <table className="table books" aria-label="Books">
      <thead>
        <tr>
          <th scope="col">Source</th>
          {[...cameIn, ...wentOut].map(({ key, sign, title }) => (
            <th key={key} scope="col" className="number">
              {sign !== '' && <span className="books-sign">{sign}</span>} {title}
            </th>
          ))}
          <th scope="col">Balance</th>
          <th scope="col">High-water mark</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const book = sources[name]
          return (
            book !== undefined && (
              <tr key={name}>
                <th scope="row">{name}</th>
                <Counted book={book} source={name} />
                <td>{book.high_water_mark === null ? '–' : shortMark(book.high_water_mark)}</td>
              </tr>
            )
          )
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All sources</th>
          <Counted book={total} source={null} />
          <td>–</td>
        </tr>
      </tfoot>
    </table>
  )
}

function Counted({ book, source }: { readonly book: Counts; readonly source: string | null }) {
  const difference = book.rows_read + book.released - wentOut.reduce((sum, { key }) => sum + book[key], 0)
  return (
    <>
      {[...cameIn, ...wentOut].map(({ key }) => (
        <td key={key} className={book[key] === 0 ? 'number soft' : 'number'}>
          {key === 'quarantined' && source !== null && book[key] > 0 ? (
            <a href={hrefTo('quarantine', null, { source })}>{formatCount(book[key])}</a>
          ) : (
            formatCount(book[key])
          )}
        </td>
      ))}
      <td>
        {difference === 0 ? (
          <StatusBadge status="pass" word="Balances" />
        ) : (
          <StatusBadge status="fail" word={`Off by ${formatCount(difference)}`} />
        )}
      </td>
    </>
  )
}

function sumOf(books: readonly SourceBook[]): Counts {
  const total = { rows_read: 0, released: 0, inserted: 0, updated: 0, unchanged: 0, superseded: 0, quarantined: 0 }
  for (const book of books) for (const { key } of [...cameIn, ...wentOut]) total[key] += book[key]
  return total
}

function shortMark(mark: string) {
  return <time dateTime={mark}>{mark.length > 10 ? formatInstant(mark) : mark}</time>
}
