import type { Connection } from '../../store/database.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import type { Correction, QuarantineOperation } from './protocol.ts'

interface OperationRow extends Omit<QuarantineOperation, 'at' | 'who' | 'is_waiting'> {
  readonly made_by: string
  readonly made_at: number
  readonly is_waiting: number
}

/** Whether the state that readers see was made with the amendment `a`. */
const isApplied = (runId: number) =>
  `EXISTS (SELECT 1 FROM assay_applied AS p WHERE p.amendment_id = a.amendment_id AND ${isSeenBy(runId, 'p')})`
const operationsOf = (runId: number) => `
  SELECT o.operation_id, o.kind, o.what, o.made_by, o.made_at, o.reason, o.rows, o.undoes, o.undone_by,
    EXISTS (SELECT 1 FROM assay_amendment AS a WHERE a.operation_id = o.operation_id AND ${isApplied(runId)} IS NOT (o.undone_by IS NULL)) AS is_waiting
  FROM assay_operation AS o`

function shown({ made_by: who, made_at: at, is_waiting, ...rest }: OperationRow): QuarantineOperation {
  return { ...rest, who, at: new Date(at).toISOString(), is_waiting: is_waiting === 1 }
}

/** All that people did, newest first. */
export function listOperations(
  connection: Connection,
  runId: number,
  page: { readonly offset: number; readonly limit: number },
): { operations: QuarantineOperation[]; total: number } {
  const rows = connection
    .prepare(`${operationsOf(runId)} ORDER BY o.operation_id DESC LIMIT ? OFFSET ?`)
    .all(page.limit, page.offset) as OperationRow[]
  const total = Number(connection.prepare('SELECT count(*) FROM assay_operation').pluck().get())
  return { operations: rows.map(shown), total }
}

/** One operation; it has to be there. */
export function readOperation(connection: Connection, runId: number, operation: number): QuarantineOperation {
  return shown(connection.prepare(`${operationsOf(runId)} WHERE o.operation_id = ?`).get(operation) as OperationRow)
}

/** Operations whose effect readers do not see yet. */
export function countWaitingOperations(connection: Connection, runId: number): number {
  return Number(
    connection
      .prepare(
        `SELECT count(DISTINCT a.operation_id) FROM assay_amendment AS a JOIN assay_operation AS o USING (operation_id)
        WHERE ${isApplied(runId)} IS NOT (o.undone_by IS NULL)`,
      )
      .pluck()
      .get(),
  )
}

interface CorrectionRow extends Omit<Correction, 'at'> {
  readonly at: number
}

// Of a cell the latest correction in force counts; one to the delivered value says that the source is right. A conflict is settled
// once there is a correction for the value that was delivered.
const correctionsOf = (runId: number) => `
  SELECT a.amendment_id AS id, a.operation_id, a.source, a.identity, a.field, a.raw_value, coalesce(a.new_value, '') AS new_value,
    CASE WHEN o.undone_by IS NOT NULL THEN 'undone'
      WHEN p.status IS NULL THEN 'waiting'
      WHEN a.raw_value IS a.new_value THEN 'retired'
      WHEN p.status = 'conflict' AND EXISTS (
        SELECT 1 FROM assay_amendment AS k JOIN assay_operation AS m USING (operation_id)
        WHERE k.source = a.source AND k.identity = a.identity AND k.field = a.field AND k.kind = 'correct'
          AND k.raw_value IS p.delivered_value AND m.undone_by IS NULL) THEN 'applied'
      ELSE p.status END AS status,
    p.delivered_value, o.made_by AS who, o.made_at AS at, o.reason
  FROM assay_amendment AS a JOIN assay_operation AS o USING (operation_id)
  LEFT JOIN assay_applied AS p ON p.amendment_id = a.amendment_id AND ${isSeenBy(runId, 'p')}
  WHERE a.kind = 'correct' AND NOT EXISTS (
    SELECT 1 FROM assay_amendment AS later JOIN assay_operation AS m USING (operation_id)
    WHERE later.source = a.source AND later.identity = a.identity AND later.field = a.field AND later.kind = 'correct'
      AND later.raw_value IS a.raw_value AND later.amendment_id > a.amendment_id AND m.undone_by IS NULL)`

/** The corrections and how each stands, conflicts first, then the newest. */
export function listCorrections(
  connection: Connection,
  runId: number,
  status: readonly Correction['status'][],
  page: { readonly offset: number; readonly limit: number },
): { corrections: Correction[]; total: number; conflicts: number } {
  const corrections = correctionsOf(runId)
  const where = status.length === 0 ? '' : `WHERE status IN (${status.map(() => '?').join(', ')})`
  const rows = connection
    .prepare(`SELECT * FROM (${corrections}) ${where} ORDER BY status = 'conflict' DESC, id DESC LIMIT ? OFFSET ?`)
    .all(...status, page.limit, page.offset) as CorrectionRow[]
  const count = (condition: string, ...values: string[]) =>
    Number(
      connection
        .prepare(`SELECT count(*) FROM (${corrections}) ${condition}`)
        .pluck()
        .get(...values),
    )
  return {
    corrections: rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() })),
    total: count(where, ...status),
    conflicts: count("WHERE status = 'conflict'"),
  }
}

/** One correction; undefined where there is none. */
export function readCorrection(
  connection: Connection,
  runId: number,
  id: number,
): (CorrectionRow & { was_wrong: number }) | undefined {
  return connection
    .prepare(
      `SELECT c.*, a.was_wrong FROM (${correctionsOf(runId)}) AS c JOIN assay_amendment AS a ON a.amendment_id = c.id WHERE c.id = ?`,
    )
    .get(id) as (CorrectionRow & { was_wrong: number }) | undefined
}
