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

const share = (part: number, whole: number) => (whole > 0 ? part / whole : null)

/** What the book of a source tells of a delivery. */
const bookValues = {
  quarantined_share: ({ quarantined, rows_read: read }: Book) => share(quarantined, read),
  updated_share: ({ updated, inserted }: Book) => share(updated, inserted + updated),
} as const
export type BookMetric = keyof typeof bookValues

export const bookKinds: Readonly<Record<BookMetric, MetricKind>> = {
  quarantined_share: shareKind(0.02, 0.05),
  updated_share: shareKind(0.1, 0.3),
}

function shareKind(floor: number, noticeable: number): MetricKind {
  return { valueOf: () => null, unitOf: () => 'share', scaleOf: () => 'share', floor, noticeable }
}

/** How much of a source's deliveries was held back, and how much of it changed what was known, against earlier deliveries. */
export function bookDifferences(
  connection: Connection,
  source: string,
  pair: RunPair,
  past: readonly PastRun[],
  labels: RunLabels,
): readonly Difference[] {
  return (Object.keys(bookValues) as BookMetric[]).flatMap((metric) => {
    const key: MetricKey = { relation: source, scope: 'delivered', column: null, company: null, metric }
    const history = bookHistory(connection, key, past, labels)
    const valueAt = (run: number) => valueOf(connection, source, metric, run)
    const difference = judgeDifference(
      {
        key,
        kind: bookKinds[metric],
        type: 'integer',
        layer: 'source',
        before: valueAt(pair.a),
        after: valueAt(pair.b),
        history,
        label: labels.of(pair.b, key),
      },
      pair,
    )
    return difference === null || difference.after === null ? [] : [difference]
  })
}

/** A metric of a source's books in the runs that can teach it, oldest first. */
export function bookHistory(
  connection: Connection,
  key: MetricKey,
  past: readonly PastRun[],
  labels: RunLabels,
): readonly HistoryPoint[] {
  return past.flatMap(({ run, asOf, sources }) => {
    const value = sources.has(key.relation) ? valueOf(connection, key.relation, key.metric as BookMetric, run) : null
    return value === null ? [] : [{ run, day: asOf, value, label: labels.of(run, key) }]
  })
}

function valueOf(connection: Connection, source: string, metric: BookMetric, run: number): number | null {
  const book = connection
    .prepare('SELECT rows_read, inserted, updated, quarantined FROM assay_run_source WHERE run_id = ? AND source = ?')
    .get(run, source) as Book | undefined
  return book === undefined ? null : bookValues[metric](book)
}
