import type { SourceBook } from '#features/runs'
import { formatCount, formatInstant } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import './books-table.css'

interface Entry {
  readonly key: keyof Counts
  readonly sign: string
  readonly title: string
}

const cameIn: readonly Entry[] = [
  { key: 'rows_read', sign: '', title: 'Read' },
  { key: 'released', sign: '+', title: 'Released' },
  { key: 'withdrawn', sign: '+', title: 'Withdrawn' },
]

const wentOut: readonly Entry[] = [
  { key: 'inserted', sign: '=', title: 'Inserted' },
  { key: 'updated', sign: '+', title: 'Updated' },
  { key: 'unchanged', sign: '+', title: 'Unchanged' },
  { key: 'superseded', sign: '+', title: 'Superseded' },
  { key: 'quarantined', sign: '+', title: 'Quarantined' },
]

type Counts = Omit<SourceBook, 'high_water_mark'>

/** The books of each source as a sum that one can follow: what was read, released and withdrawn is what became of it. */
export function BooksTable({ sources }: { readonly sources: Readonly<Record<string, SourceBook>> }) {
  const names = Object.keys(sources)
  const total = sumOf(Object.values(sources))
  // Few runs withdraw anything: most books go without that column.
  const entries = [...cameIn, ...wentOut].filter(({ key }) => key !== 'withdrawn' || total.withdrawn > 0)
  return (
    <table className="table books" aria-label="Books">
      <thead>
        <tr>
          <th scope="col">Source</th>
          {entries.map(({ key, sign, title }) => (
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
                <Counted book={book} entries={entries} source={name} />
                <td>{book.high_water_mark === null ? '–' : shortMark(book.high_water_mark)}</td>
              </tr>
            )
          )
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All sources</th>
          <Counted book={total} entries={entries} source={null} />
          <td>–</td>
        </tr>
      </tfoot>
    </table>
  )
}

interface CountedProps {
  readonly book: Counts
  readonly entries: readonly Entry[]
  /** Null for the sum of all. */
  readonly source: string | null
}

function Counted({ book, entries, source }: CountedProps) {
  const difference = sum(book, cameIn) - sum(book, wentOut)
  return (
    <>
      {entries.map(({ key }) => (
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

function sum(book: Counts, entries: readonly Entry[]): number {
  return entries.reduce((total, { key }) => total + book[key], 0)
}

function sumOf(books: readonly SourceBook[]): Counts {
  const total = {
    rows_read: 0,
    released: 0,
    withdrawn: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    superseded: 0,
    quarantined: 0,
  }
  for (const book of books) for (const { key } of [...cameIn, ...wentOut]) total[key] += book[key]
  return total
}

function shortMark(mark: string) {
  return <time dateTime={mark}>{mark.length > 10 ? formatInstant(mark) : mark}</time>
}
