import { AppError } from '../../kernel/app-error.ts'
import { readKnownRecords, type KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'
import type { Judgement } from '../../pipeline/amendment/judge-record.ts'
import { recordOperation, type NewAmendment, type NewOperation } from '../../pipeline/amendment/record-operation.ts'
import { updateWaiting } from '../../pipeline/amendment/update-waiting.ts'
import { writeWhenFree } from '../../store/write-when-free.ts'
import type { Desk } from './desk.ts'
import { findTarget, requireTarget, unrecordedOf } from './find-target.ts'
import type { RowTarget } from './protocol.ts'

/** What is decided about one record, or why it is left alone. */
export type Decision = { readonly amendments: readonly Partial<NewAmendment>[] } | { readonly leftAlone: string }

/** What became of an operation's target. */
export interface Decided {
  readonly operation_id: number
  readonly rows: number
  readonly left_alone: { rows: number; why: string }[]
  /** Rows that were held back and are not any more, with all that is decided now. */
  readonly become_valid: number
}

/** Decides about every row of a target and keeps that as one operation, wholly or not at all; a run that goes on meanwhile does not know of it. */
export function decide(
  desk: Desk,
  target: RowTarget,
  operation: Pick<NewOperation, 'kind' | 'what' | 'reason'>,
  decideRow: (record: KnownRecord, judged: Judgement) => Decision,
): Promise<Decided> {
  return writeWhenFree(desk.connection, () => {
    const unrecorded = unrecordedOf(desk, target)
    if (unrecorded.length === 0) requireTarget(desk, target)
    else findTarget(desk, target)
    const judge = desk.judges('in force')
    const amendments: NewAmendment[] = []
    const leftAlone = new Map<string, number>()
    const open = new Set<number>()
    let rows = 0
    const take = (record: KnownRecord) => {
      const judged = judge(record)
      const decision = decideRow(record, judged)
      if ('leftAlone' in decision) {
        leftAlone.set(decision.leftAlone, (leftAlone.get(decision.leftAlone) ?? 0) + 1)
        return
      }
      rows += 1
      if (judged.state === 'open') open.add(record.arrival)
      const { source } = record
      const { identity } = judged
      for (const amendment of decision.amendments)
        amendments.push({
          source,
          identity,
          field: 'row',
          rule: '',
          rawValue: null,
          newValue: null,
          wasWrong: true,
          expiresOn: null,
          ...amendment,
        })
    }
    for (const record of readKnownRecords(desk.connection, 'temp.decided', desk.publishedRun())) take(record)
    for (const record of desk.fetchRecords(unrecorded)) take(record)
    if (rows === 0) throw nothingToDo(leftAlone)
    const operationId = recordOperation(desk.connection, { ...operation, madeBy: desk.who, rows }, amendments)
    markWaiting(desk, operationId, operationId)
    return {
      operation_id: operationId,
      rows,
      left_alone: [...leftAlone].map(([why, count]) => ({ rows: count, why })),
      become_valid: countSettled(desk, open),
    }
  })
}

function nothingToDo(leftAlone: ReadonlyMap<string, number>): AppError {
  const reasons = [...leftAlone].map(([why, count]) => (count === 1 ? why : `${why} (${count} rows)`))
  return new AppError('USAGE', `There is nothing to do. ${reasons.join(' ')}`, {
    saved: 'Nothing was changed.',
    hint: 'Choose other rows, or decide something else about them.',
  })
}

/** Says of every record that the amendments of an operation are about whether it waits for a replay. Inside the caller's transaction. */
export function markWaiting(desk: Desk, amendmentsOf: number, operation: number): void {
  const { connection } = desk
  connection.exec(`
    DROP TABLE IF EXISTS temp.decided;
    CREATE TABLE temp.decided (arrival INTEGER PRIMARY KEY);
    INSERT OR IGNORE INTO temp.decided SELECT r.arrival FROM assay_amendment AS a
    CROSS JOIN assay_record AS r ON r.source = a.source AND r.identity = a.identity WHERE a.operation_id = ${amendmentsOf}`)
  updateWaiting(connection, operation, desk.publishedRun(), {
    now: desk.judges('in force'),
    published: desk.judges('applied'),
  })
}

function countSettled({ connection }: Desk, open: ReadonlySet<number>): number {
  const waiting = connection
    .prepare("SELECT w.arrival FROM temp.decided CROSS JOIN assay_waiting AS w USING (arrival) WHERE w.state <> 'open'")
    .pluck()
    .all() as number[]
  return waiting.filter((arrival) => open.has(arrival)).length
}
