import { formatters } from '../../../../kernel/format-value.ts'
import type { Connection } from '../../../../store/database.ts'
import { readHeld } from '../../models/read-held.ts'
import { isAccepted } from '../../publish/published-runs.ts'
import type { Workbench } from '../../open-workbench.ts'
import type { Decisions } from '../report-data.ts'
import { hiddenValues, readChanges } from './read-changes.ts'
import { readLetThrough } from './read-let-through.ts'
import type { Mask } from './mask.ts'

const mostOperations = 100

interface OperationRow {
  readonly operation: number
  readonly kind: 'correct' | 'waive' | 'discard' | 'undo'
  readonly what: string
  readonly who: string
  readonly at: number
  readonly reason: string
  readonly rows: number
  readonly undoes: number | null
  readonly isUndone: number
}

/** What people decided that the run was the first to know of, the waivers in force in it, and what was let through or held. */
export function readDecisions({ connection, publishedRun }: Workbench, runId: number, mask: Mask): Decisions {
  const since = runBefore(connection, publishedRun(), runId)
  const [from, to] = [since === 0 ? 0 : lastOperation(connection, since), lastOperation(connection, runId)]
  const rows = connection
    .prepare(
      `SELECT operation_id AS operation, kind, what, made_by AS who, made_at AS at, reason, rows, undoes,
        coalesce(undone_by <= :to, 0) AS isUndone
      FROM assay_operation WHERE operation_id > :from AND operation_id <= :to ORDER BY operation_id`,
    )
    .all({ from, to }) as OperationRow[]
  return {
    since,
    operations: {
      items: rows.slice(0, mostOperations).map((row) => ({
        operation: row.operation,
        what: sayWhat(connection, row, mask),
        who: row.who,
        at: new Date(row.at).toISOString(),
        reason: mask.words(row.reason, hiddenValues(connection, row.operation, row.reason, mask)),
        rows: row.rows,
        isUndone: row.isUndone === 1,
        changes: row.kind === 'correct' ? readChanges(connection, row.operation, mask) : [],
      })),
      total: rows.length,
    },
    waivers: readWaivers(connection, runId, to, mask),
    letThrough: readLetThrough(connection, runId, mask),
    held: readHeld(connection, runId).map(({ column, value, check, since_run: sinceRun }) => ({
      place: `${column} ${mask.value(value, mask.hidesColumn(column))}`,
      check,
      since: sinceRun,
    })),
  }
}

/** The run that this one was made on top of; 0 where there was none. */
function runBefore(connection: Connection, published: number, runId: number): number {
  const builtOn = connection.prepare('SELECT built_on FROM assay_run WHERE run_id = ?').pluck().get(runId)
  if (builtOn !== null) return Number(builtOn)
  const before = connection
    .prepare(
      `SELECT max(run_id) FROM assay_run AS r WHERE ${isAccepted(published, 'r')} AND kind <> 'preview' AND run_id < ?`,
    )
    .pluck()
    .get(runId)
  return Number(before ?? 0)
}

/** The last operation that a run knew of. */
function lastOperation(connection: Connection, runId: number): number {
  return Number(
    connection
      .prepare(
        `SELECT coalesce(last_operation, (SELECT max(operation_id) FROM assay_operation WHERE made_at <= r.started_at), 0)
        FROM assay_run AS r WHERE run_id = ?`,
      )
      .pluck()
      .get(runId) ?? 0,
  )
}

/** The sentence of an operation may quote values: where these are hidden, it names the fields alone. */
function sayWhat(connection: Connection, { operation, kind, what, undoes }: OperationRow, mask: Mask): string {
  if (undoes !== null) return `Undid operation ${undoes}`
  if (!mask.isOn || kind !== 'correct') return what
  const fields = connection
    .prepare('SELECT DISTINCT source, field FROM assay_amendment WHERE operation_id = ? ORDER BY source, field')
    .all(operation) as { source: string; field: string }[]
  if (!fields.some(({ source, field }) => mask.hidesField(source, field))) return what
  return `Corrected ${[...new Set(fields.map(({ field }) => (field === 'row' ? 'whole records' : field)))].join(', ')}`
}

function readWaivers(connection: Connection, runId: number, lastKnown: number, mask: Mask): Decisions['waivers'] {
  const rows = connection
    .prepare(
      `SELECT o.operation_id AS operation, o.what, o.made_by AS who, o.made_at AS at, o.reason, o.rows, max(a.expires_on) AS expires,
        group_concat(DISTINCT a.source || ', ' || a.field || ': ' || a.rule) AS rules
      FROM assay_operation AS o JOIN assay_amendment AS a USING (operation_id)
      WHERE a.kind = 'waive' AND o.operation_id <= :last AND (o.undone_by IS NULL OR o.undone_by > :last)
        AND (a.expires_on IS NULL OR a.expires_on > (SELECT as_of FROM assay_run WHERE run_id = :run))
      GROUP BY o.operation_id ORDER BY o.operation_id DESC LIMIT ${mostOperations}`,
    )
    .all({ last: lastKnown, run: runId }) as (Omit<Decisions['waivers'][number], 'at' | 'expires'> & {
    at: number
    expires: number | null
  })[]
  return rows.map((row) => ({
    ...row,
    at: new Date(row.at).toISOString(),
    reason: mask.words(row.reason, hiddenValues(connection, row.operation, row.reason, mask)),
    expires: row.expires === null ? null : formatters.date(row.expires),
  }))
}
