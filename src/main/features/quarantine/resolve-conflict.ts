import { AppError } from '../../kernel/app-error.ts'
import { recordOperation } from '../../pipeline/amendment/record-operation.ts'
import { writeWhenFree } from '../../store/write-when-free.ts'
import { markWaiting } from './decide.ts'
import type { Desk } from './desk.ts'
import { readCorrection } from './list-operations.ts'

/** Settles a conflict: the correction is to hold for the delivered value too, or the source is right and it speaks no more. */
export function resolveConflict(
  desk: Desk,
  id: number,
  keep: 'correction' | 'source',
): Promise<{ operation_id: number }> {
  const { connection, who } = desk
  return writeWhenFree(connection, () => {
    const correction = readCorrection(connection, desk.publishedRun(), id)
    if (correction === undefined || correction.status !== 'conflict')
      throw new AppError('NOT_FOUND', `Correction ${id} is in no conflict.`, {
        saved: 'Nothing was changed.',
        hint: 'Look at the list of corrections: it may have been settled by now.',
      })
    const { source, identity, field, raw_value, delivered_value, new_value, was_wrong } = correction
    const isKept = keep === 'correction'
    const what = isKept
      ? `Kept the correction of ${field} to "${new_value}", also for "${delivered_value ?? ''}"`
      : `Let the source be right about ${field}: "${delivered_value ?? ''}"`
    const rawValue = isKept ? delivered_value : raw_value
    const operation = recordOperation(connection, { kind: 'correct', what, madeBy: who, reason: '', rows: 1 }, [
      {
        source,
        identity,
        field,
        rule: '',
        rawValue,
        newValue: isKept ? new_value : raw_value,
        wasWrong: was_wrong === 1,
        expiresOn: null,
      },
    ])
    markWaiting(desk, operation, operation)
    return { operation_id: operation }
  })
}
