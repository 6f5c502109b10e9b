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
  const reasonsOf = prepareReasons(connection, runId)
  return { rows: rows.map((row) => rowOf(row, reasonsOf(row.arrival))), total }
}

function rowOf(row: HeldRow, reasons: QuarantineReason[]): QuarantineRow {
  const { arrival, source, file, line, first_run, last_run, times_seen } = row
  const cells = row.cells === null ? {} : (JSON.parse(row.cells) as Record<string, string | null>)
  return { id: arrival, source, row_id: `${file}:${line}`, file, line, first_run, last_run, times_seen, reasons, cells }
}

function prepareReasons(connection: Connection, runId: number): (arrival: number) => QuarantineReason[] {
  const statement = connection.prepare(
    `SELECT field, rule, severity, message, raw_value FROM assay_finding WHERE arrival = ? AND ${isSeenBy(runId)} ORDER BY position`,
  )
  return (arrival) => statement.all(arrival) as QuarantineReason[]
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
    ...rowOf(row, prepareReasons(connection, seenBy)(id)),
    raw: row.raw,
    byte_offset: row.byte_offset,
    encoding: row.encoding,
    isOpen,
  }
}

interface Combination {
  readonly source: string
  readonly file: string
  readonly run: number
  readonly count: number
}

/** How many rows each value of each facet has, under the filters of the other facets. */
export function countFacets(connection: Connection, filter: QuarantineFilter, runId: number) {
  // One pass counts the combinations of source, file and run, which are few; the facets are sums over those that the others let through.
  const { sql, values } = quarantineCondition({ reason: filter.reason, text: filter.text }, runId)
  const combinations = connection
    .prepare(
      `SELECT q.source, q.file, q.first_run AS run, count(*) AS count FROM assay_quarantine AS q
      WHERE ${sql} GROUP BY q.source, q.file, q.first_run`,
    )
    .all(...values) as Combination[]
  const lets = (wanted: readonly (string | number)[] | undefined, value: string | number) =>
    wanted === undefined || wanted.length === 0 || wanted.includes(value)
  const facet = (name: 'source' | 'file' | 'run' | null) => {
    const counts = new Map<string, number>()
    for (const combination of combinations) {
      const others = (['source', 'file', 'run'] as const).filter((other) => other !== name)
      if (!others.every((other) => lets(filter[other], combination[other]))) continue
      const value = name === null ? '' : String(combination[name])
      counts.set(value, (counts.get(value) ?? 0) + combination.count)
    }
    return counts
  }
  return {
    total: facet(null).get('') ?? 0,
    source: byCount(facet('source')),
    reason: countReasons(connection, filter, runId),
    file: byCount(facet('file')),
    run: byCount(facet('run')),
  }
}

/** Facet values with the most rows first, at most as many as anyone would look at. */
function byCount(counts: ReadonlyMap<string, number>): FacetValue[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, 500)
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
