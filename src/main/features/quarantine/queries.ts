import type { Connection } from '../../store/database.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { quarantineCondition } from './conditions.ts'
import type { FacetValue, QuarantineFilter, QuarantineReason, QuarantineRow } from './protocol.ts'

interface HeldRow {
  readonly arrival: number
  readonly source: string
  readonly file: string
  readonly line: number
  readonly first_run: number
  readonly last_run: number
  readonly times_seen: number
  readonly cells: string | null
}

export interface Page {
  readonly offset: number
  readonly limit: number
  readonly sort: { readonly column: 'id' | 'source' | 'row_id' | 'first_run'; readonly direction: 'asc' | 'desc' }
}

const heldColumns = `q.arrival, q.source, q.file, q.line, q.first_run, q.cells,
  coalesce((SELECT max(run_id) FROM assay_sighting AS s WHERE s.arrival = q.arrival), q.first_run) AS last_run,
  1 + (SELECT count(*) FROM assay_sighting AS s WHERE s.arrival = q.arrival) AS times_seen`
const sortColumns = {
  id: ['arrival'],
  source: ['source', 'arrival'],
  row_id: ['file', 'line', 'arrival'],
  first_run: ['first_run', 'arrival'],
}

/** A page of the rows that run `runId` sees in quarantine. */
export function listQuarantine(
  connection: Connection,
  filter: QuarantineFilter,
  page: Page,
  runId: number,
): { rows: QuarantineRow[]; total: number } {
  const { sql, values } = quarantineCondition(filter, runId)
  const total = Number(
    connection
      .prepare(`SELECT count(*) FROM assay_quarantine AS q WHERE ${sql}`)
      .pluck()
      .get(...values),
  )
  const order = sortColumns[page.sort.column].map((column) => `q.${column} ${page.sort.direction}`).join(', ')
  // The page is cut on the narrow row first: only its own rows are then read in full.
  const rows = connection
    .prepare(
      `SELECT ${heldColumns} FROM (SELECT version FROM assay_quarantine AS q WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?) AS p
      JOIN assay_quarantine AS q ON q.version = p.version ORDER BY ${order}`,
    )
    .all(...values, page.limit, page.offset) as HeldRow[]
  return { rows: rows.map((row) => rowOf(row, reasonsOf(connection, row.arrival, runId))), total }
}

function rowOf(row: HeldRow, reasons: QuarantineReason[]): QuarantineRow {
  const { arrival, source, file, line, first_run, last_run, times_seen } = row
  const cells = row.cells === null ? {} : (JSON.parse(row.cells) as Record<string, string | null>)
  return { id: arrival, source, row_id: `${file}:${line}`, file, line, first_run, last_run, times_seen, reasons, cells }
}

function reasonsOf(connection: Connection, arrival: number, runId: number): QuarantineReason[] {
  return connection
    .prepare(
      `SELECT field, rule, severity, message, raw_value FROM assay_finding WHERE arrival = ? AND ${isSeenBy(runId)} ORDER BY position`,
    )
    .all(arrival) as QuarantineReason[]
}

/** One row of the quarantine in full, as run `runId` sees it or last saw it; undefined where there is none. */
export function readQuarantined(connection: Connection, id: number, runId: number) {
  const row = connection
    .prepare(
      `SELECT ${heldColumns}, q.raw, q.byte_offset, q.encoding, q.to_run FROM assay_quarantine AS q WHERE q.arrival = ? AND q.from_run <= ? ORDER BY q.version DESC LIMIT 1`,
    )
    .get(id, runId) as
    (HeldRow & { raw: string; byte_offset: number; encoding: string; to_run: number | null }) | undefined
  if (row === undefined) return undefined
  const isOpen = row.to_run === null || row.to_run > runId
  const seenBy = isOpen ? runId : (row.to_run ?? runId) - 1
  return {
    ...rowOf(row, reasonsOf(connection, id, seenBy)),
    raw: row.raw,
    byte_offset: row.byte_offset,
    encoding: row.encoding,
    isOpen,
  }
}

/** How many rows each value of each facet has, under the filters of the other facets. */
export function countFacets(connection: Connection, filter: QuarantineFilter, runId: number) {
  const facet = (name: 'source' | 'file' | 'run', column: string): FacetValue[] => {
    const { sql, values } = quarantineCondition(filter, runId, name)
    return connection
      .prepare(
        `SELECT CAST(q.${column} AS TEXT) AS value, count(*) AS count FROM assay_quarantine AS q WHERE ${sql} GROUP BY q.${column} ORDER BY count DESC, value LIMIT 500`,
      )
      .all(...values) as FacetValue[]
  }
  return {
    total: Number(count(connection, filter, runId)),
    source: facet('source', 'source'),
    reason: countReasons(connection, filter, runId),
    file: facet('file', 'file'),
    run: facet('run', 'first_run'),
  }
}

function count(connection: Connection, filter: QuarantineFilter, runId: number): unknown {
  const { sql, values } = quarantineCondition(filter, runId)
  return connection
    .prepare(`SELECT count(*) FROM assay_quarantine AS q WHERE ${sql}`)
    .pluck()
    .get(...values)
}

function countReasons(connection: Connection, filter: QuarantineFilter, runId: number): FacetValue[] {
  const others = quarantineCondition(filter, runId, 'reason')
  const isNarrowed =
    [filter.source, filter.file, filter.run].some((values) => (values?.length ?? 0) > 0) ||
    (filter.text?.trim() ?? '') !== ''
  const narrowed = isNarrowed
    ? `AND f.arrival IN (SELECT q.arrival FROM assay_quarantine AS q WHERE ${others.sql})`
    : ''
  return connection
    .prepare(
      `SELECT field || ': ' || rule AS value, count(*) AS count FROM assay_finding AS f
      WHERE f.is_quarantined = 1 AND ${isSeenBy(runId)} ${narrowed} GROUP BY field, rule ORDER BY count DESC, value`,
    )
    .all(...(isNarrowed ? others.values : [])) as FacetValue[]
}
