import { setImmediate } from 'node:timers/promises'
import { AppError } from '../../kernel/app-error.ts'
import { readKnownPages, type KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'
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

/**
 * Decides about every row of a target and keeps that as one operation, wholly or not at all; a run that goes on meanwhile does not know of
 * it. Other requests are answered while many rows are looked at.
 */
export async function decide(
  desk: Desk,
  target: RowTarget,
  operation: Pick<NewOperation, 'kind' | 'what' | 'reason'>,
  decideRow: (record: KnownRecord, judged: Judgement) => Decision,
): Promise<Decided> {
  const { connection } = desk
  const unrecorded = unrecordedOf(desk, target)
  const arrivals = unrecorded.length === 0 ? requireTarget(desk, target) : findTarget(desk, target)
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
    for (const amendment of decision.amendments)
      amendments.push({ ...wholeRecordOf(record.source, judged.identity), ...amendment })
  }
  for (const page of readKnownPages(connection, arrivals, desk.publishedRun())) {
    for (const record of page) take(record)
    await setImmediate()
  }
  for (const record of desk.fetchRecords(unrecorded)) take(record)
  if (rows === 0) throw nothingToDo(leftAlone)
  return writeWhenFree(connection, () => {
    const operationId = recordOperation(connection, { ...operation, madeBy: desk.who, rows }, amendments)
    markWaiting(desk, operationId, operationId)
    return {
      operation_id: operationId,
      rows,
      left_alone: [...leftAlone].map(([why, count]) => ({ rows: count, why })),
      become_valid: countSettled(desk, open),
    }
  })
}

function wholeRecordOf(source: string, identity: string): NewAmendment {
  return {
    source,
    identity,
    field: 'row',
    rule: '',
    rawValue: null,
    newValue: null,
    wasWrong: true,
    expiresOn: null,
  }
}

function nothingToDo(leftAlone: ReadonlyMap<string, number>): AppError {
  const reasons = [...leftAlone].map(([why, count]) => (count === 1 ? why : `${why} (${count} rows)`))
  return new AppError('USAGE', `There is nothing to do. ${reasons.join(' ')}`, {
    saved: 'Nothing was changed.',
    hint: 'Choose other rows, or decide something else about them.',
  })
}

/**
 * Says of every record that the amendments of an operation are about whether it waits for a replay. Inside the caller's transaction;
 * returns the records that do.
 */
export function markWaiting(desk: Desk, amendmentsOf: number, operation: number): readonly number[] {
  const { connection } = desk
  const arrivals = connection
    .prepare(
      `SELECT DISTINCT r.arrival FROM assay_amendment AS a
      CROSS JOIN assay_record AS r ON r.source = a.source AND r.identity = a.identity WHERE a.operation_id = ? ORDER BY r.arrival`,
    )
    .pluck()
    .all(amendmentsOf) as number[]
  const judges = { now: desk.judges('in force'), published: desk.judges('applied') }
  updateWaiting(connection, arrivals, operation, desk.publishedRun(), judges)
  return connection
    .prepare('SELECT w.arrival FROM json_each(?) AS j CROSS JOIN assay_waiting AS w ON w.arrival = j.value')
    .pluck()
    .all(JSON.stringify(arrivals)) as number[]
}

/** How many of the rows that were held back are settled by what waits now. */
function countSettled({ connection }: Desk, open: ReadonlySet<number>): number {
  return Number(
    connection
      .prepare(
        "SELECT count(*) FROM json_each(?) AS j CROSS JOIN assay_waiting AS w ON w.arrival = j.value WHERE w.state <> 'open'",
      )
      .pluck()
      .get(JSON.stringify([...open])),
  )
}
