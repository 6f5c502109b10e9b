import type { Connection } from '../../store/database.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { effectiveState, quarantineCondition, quarantineRows } from './conditions.ts'
import type { QuarantineFilter, QuarantineReason, QuarantineRow, RowState } from './protocol.ts'

export interface HeldRow {
  readonly arrival: number
  readonly source: string
  readonly identity: string
  readonly file: string
  readonly line: number
  readonly company: string | null
  readonly published_state: 'open' | 'discarded' | 'released' | 'waived'
  readonly waiting_state: 'open' | 'corrected' | 'waived' | 'discarded' | null
  readonly first_run: number
  readonly last_run: number
  readonly times_seen: number
  readonly cells: string | null
}

export interface Page {
  readonly offset: number
  readonly limit: number
  readonly sort: {
    readonly column: 'id' | 'source' | 'row_id' | 'first_run' | 'company' | 'state'
    readonly direction: 'asc' | 'desc'
  }
}

/** The columns of a `HeldRow`, as run `runId` sees it. */
export const heldColumns = (
  runId: number,
) => `q.arrival, q.source, r.identity, q.file, q.line, q.company, q.state AS published_state, w.state AS waiting_state,
  q.first_run, r.cells,
  coalesce((SELECT max(run_id) FROM assay_sighting AS s WHERE s.arrival = q.arrival AND s.run_id <= ${runId}), q.first_run) AS last_run,
  1 + (SELECT count(*) FROM assay_sighting AS s WHERE s.arrival = q.arrival AND s.run_id <= ${runId}) AS times_seen`
const sortColumns = {
  id: ['q.arrival'],
  source: ['q.source', 'q.arrival'],
  row_id: ['q.file', 'q.line', 'q.arrival'],
  first_run: ['q.first_run', 'q.arrival'],
  company: ['q.company', 'q.arrival'],
  state: [effectiveState, 'q.arrival'],
}

/** A page of the rows that match, as run `runId` and what waits for a replay show them. */
export function listQuarantine(
  connection: Connection,
  filter: QuarantineFilter,
  page: Page,
  runId: number,
): { rows: QuarantineRow[]; total: number } {
  const { sql, values } = quarantineCondition(filter, runId)
  const from = needsWaiting(filter) || page.sort.column === 'state' ? quarantineRows : 'assay_quarantine AS q'
  const total = Number(
    connection
      .prepare(`SELECT count(*) FROM ${from} WHERE ${sql}`)
      .pluck()
      .get(...values),
  )
  const order = sortColumns[page.sort.column].map((column) => `${column} ${page.sort.direction}`).join(', ')
  // The page is cut on the narrow row first: only its own rows are then read in full.
  const rows = connection
    .prepare(
      `SELECT ${heldColumns(runId)} FROM (SELECT q.version FROM ${from} WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?) AS p
      JOIN assay_quarantine AS q ON q.version = p.version JOIN assay_record AS r ON r.arrival = q.arrival
      LEFT JOIN assay_waiting AS w ON w.arrival = q.arrival ORDER BY ${order}`,
    )
    .all(...values, page.limit, page.offset) as HeldRow[]
  const describe = prepareRow(connection, runId)
  return { rows: rows.map(describe), total }
}

function needsWaiting(filter: QuarantineFilter): boolean {
  return filter.waiting !== undefined || (filter.state?.length ?? 0) > 0
}

/** How a row stands for a person. */
function stateOf({ published_state, waiting_state }: HeldRow): RowState {
  return waiting_state ?? published_state
}

/** A function that makes a row as it is shown, with its reasons and corrections. */
export function prepareRow(connection: Connection, runId: number): (row: HeldRow) => QuarantineRow {
  const seen = connection.prepare(
    `SELECT field, rule, severity, message, raw_value FROM assay_finding WHERE arrival = ? AND is_quarantined = 1 AND ${isSeenBy(runId)} ORDER BY position`,
  )
  const last = connection.prepare(
    `SELECT field, rule, severity, message, raw_value FROM assay_finding WHERE arrival = :arrival AND is_quarantined = 1
      AND to_run = (SELECT max(to_run) FROM assay_finding WHERE arrival = :arrival AND is_quarantined = 1 AND from_run <= ${runId}) ORDER BY position`,
  )
  const corrections = connection.prepare(
    `SELECT a.field, a.raw_value, a.new_value, a.operation_id FROM assay_amendment AS a JOIN assay_operation AS o USING (operation_id)
    WHERE a.source = ? AND a.identity = ? AND a.kind = 'correct' AND o.undone_by IS NULL ORDER BY a.amendment_id`,
  )
  return (row) => {
    const { arrival, source, identity, file, line, company, first_run, last_run, times_seen } = row
    const reasons = (row.published_state === 'open' ? seen.all(arrival) : last.all({ arrival })) as QuarantineReason[]
    // Of a cell the latest correction counts.
    const latest = new Map(
      (corrections.all(source, identity) as QuarantineRow['corrections']).map((made) => [
        JSON.stringify([made.field, made.raw_value]),
        made,
      ]),
    )
    const cells = row.cells === null ? {} : (JSON.parse(row.cells) as Record<string, string | null>)
    const applies = ({ field, raw_value }: QuarantineRow['corrections'][number]) =>
      field === 'row' || (cells[field]?.trim() || null) === raw_value
    return {
      id: arrival,
      source,
      row_id: `${file}:${line}`,
      file,
      line,
      company,
      state: stateOf(row),
      is_waiting: row.waiting_state !== null,
      first_run,
      last_run,
      times_seen,
      reasons,
      cells,
      corrections: [...latest.values()].filter(applies),
    }
  }
}
