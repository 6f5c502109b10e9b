import { findOperation, operationBehind, undoOperation } from '../../pipeline/amendment/record-operation.ts'
import { writeWhenFree } from '../../store/write-when-free.ts'
import { markWaiting } from './decide.ts'
import type { Desk } from './desk.ts'
import { readOperation } from './list-operations.ts'
import type { QuarantineOperation } from './protocol.ts'

/** Takes an operation back, the latest in force where none is named. */
export function undo(
  desk: Desk,
  operation: number | null,
): Promise<{ operation_id: number; undone: QuarantineOperation; waiting_ids: number[] }> {
  const { connection } = desk
  return writeWhenFree(connection, () => {
    const found = findOperation(connection, operation)
    const undone = readOperation(connection, desk.publishedRun(), found.operation_id)
    const id = undoOperation(connection, found, desk.who)
    const waiting = markWaiting(desk, operationBehind(connection, found), id)
    return { operation_id: id, undone, waiting_ids: [...waiting] }
  })
}
