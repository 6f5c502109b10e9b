import type { Connection } from '../../../store/database.ts'
import type { HistoryPoint } from '../../drift/history-point.ts'
import { judgeDifference } from './judge-difference.ts'
import type { MetricKey } from './metric-key.ts'
import type { MetricKind } from './metric-kinds.ts'
import type { PastRun } from './read-history.ts'
import type { RunLabels } from './read-labels.ts'
import type { Difference, RunPair } from './shapes.ts'

interface Book {
  readonly rows_read: number
  readonly inserted: number
  readonly updated: number
  readonly quarantined: number
}

/** What the book of a source tells of a delivery. */
const bookValues = {
  quarantined_share: ({ quarantined, rows_read: read }: Book) => ({ part: quarantined, whole: read }),
  updated_share: ({ updated, inserted }: Book) => ({ part: updated, whole: inserted + updated }),
} as const
export type BookMetric = keyof typeof bookValues

export const bookKinds: Readonly<Record<BookMetric, MetricKind>> = {
  quarantined_share: { ...shareKind(0.02, 0.05), isOneSided: true },
  updated_share: shareKind(0.1, 0.3),
}

function shareKind(floor: number, noticeable: number): MetricKind {
  return { valueOf: () => null, unitOf: () => 'share', scaleOf: () => 'share', floor, noticeable }
}

/** The books of all sources, read at once. */
export interface Books {
  of(source: string, run: number): Book | undefined
}

export function readBooks(connection: Connection): Books {
  const rows = connection
    .prepare('SELECT run_id, source, rows_read, inserted, updated, quarantined FROM assay_run_source')
    .all() as (Book & { run_id: number; source: string })[]
  const byPlace = new Map(rows.map((row) => [`${row.run_id} ${row.source}`, row]))
  return { of: (source, run) => byPlace.get(`${run} ${source}`) }
}

/** How much of a source's deliveries was held back, and how much of it changed what was known, against earlier deliveries. */
export function bookDifferences(
  books: Books,
  source: string,
  pair: RunPair,
  past: readonly PastRun[],
  labels: RunLabels,
): readonly Difference[] {
  return (Object.keys(bookValues) as BookMetric[]).flatMap((metric) => {
    const key: MetricKey = { relation: source, scope: 'delivered', column: null, company: null, metric }
    const valueAt = (run: number) => valueOf(books, source, metric, run)
    const difference = judgeDifference(
      {
        key,
        kind: bookKinds[metric],
        type: 'integer',
        layer: 'source',
        before: valueAt(pair.a)?.value ?? null,
        after: valueAt(pair.b)?.value ?? null,
        history: bookHistory(books, key, past, labels),
        label: labels.of(pair.b, key),
      },
      { run: pair.b, day: pair.asOfB, rows: valueAt(pair.b)?.rows ?? 0 },
    )
    return difference === null || difference.after === null ? [] : [difference]
  })
}

/** A metric of a source's books in the runs that can teach it, oldest first. */
export function bookHistory(
  books: Books,
  key: MetricKey,
  past: readonly PastRun[],
  labels: RunLabels,
): readonly HistoryPoint[] {
  return past.flatMap(({ run, asOf, sources }) => {
    const at = sources.has(key.relation) ? valueOf(books, key.relation, key.metric as BookMetric, run) : null
    return at === null ? [] : [{ run, day: asOf, ...at, label: labels.of(run, key) }]
  })
}

function valueOf(
  books: Books,
  source: string,
  metric: BookMetric,
  run: number,
): { readonly value: number; readonly rows: number } | null {
  const book = books.of(source, run)
  if (book === undefined) return null
  const { part, whole } = bookValues[metric](book)
  return whole > 0 ? { value: part / whole, rows: whole } : null
}
