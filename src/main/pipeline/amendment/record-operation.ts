import { AppError } from '../../kernel/app-error.ts'
import { now } from '../../kernel/clock.ts'
import type { Connection } from '../../store/database.ts'

/** An operation as a person makes it. */
export interface NewOperation {
  readonly kind: 'correct' | 'waive' | 'discard'
  /** A sentence: what is done. */
  readonly what: string
  readonly madeBy: string
  readonly reason: string
  readonly rows: number
}

/** One decision of an operation about one record. */
export interface NewAmendment {
  readonly source: string
  readonly identity: string
  readonly field: string
  readonly rule: string
  readonly rawValue: string | null
  readonly newValue: string | null
  readonly wasWrong: boolean
  /** Days since 1970-01-01. */
  readonly expiresOn: number | null
}

/** Keeps an operation with its amendments. Inside the caller's transaction; returns its number. */
export function recordOperation(
  connection: Connection,
  { kind, what, madeBy, reason, rows }: NewOperation,
  amendments: Iterable<NewAmendment>,
): number {
  const { lastInsertRowid } = connection
    .prepare('INSERT INTO assay_operation (kind, what, made_by, made_at, reason, rows) VALUES (?, ?, ?, ?, ?, ?)')
    .run(kind, what, madeBy, now(), reason, rows)
  const operation = Number(lastInsertRowid)
  const add = connection.prepare(
    `INSERT INTO assay_amendment (operation_id, kind, source, identity, field, rule, raw_value, new_value, was_wrong, expires_on)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const { source, identity, field, rule, rawValue, newValue, wasWrong, expiresOn } of amendments)
    add.run(operation, kind, source, identity, field, rule, rawValue, newValue, wasWrong ? 1 : 0, expiresOn)
  return operation
}

/** An operation as it is kept. */
export interface KeptOperation {
  readonly operation_id: number
  readonly kind: NewOperation['kind'] | 'undo'
  readonly what: string
  readonly rows: number
  readonly undoes: number | null
  readonly undone_by: number | null
}

/** The operation of this number, or the latest in force that is no undo where none is given; throws where there is none. */
export function findOperation(connection: Connection, operation: number | null): KeptOperation {
  const found = (
    operation === null
      ? connection
          .prepare(
            "SELECT * FROM assay_operation WHERE undone_by IS NULL AND kind <> 'undo' ORDER BY operation_id DESC LIMIT 1",
          )
          .get()
      : connection.prepare('SELECT * FROM assay_operation WHERE operation_id = ?').get(operation)
  ) as KeptOperation | undefined
  if (found === undefined)
    throw new AppError(
      'NOT_FOUND',
      operation === null ? 'There is nothing to undo.' : `There is no operation ${operation}.`,
      { saved: 'Nothing was changed.', hint: 'What was done: assay quarantine history.' },
    )
  if (found.undone_by !== null)
    throw new AppError(
      'USAGE',
      `Operation ${found.operation_id} was undone already, by operation ${found.undone_by}.`,
      {
        saved: 'Nothing was changed.',
        hint: `To bring it back, undo operation ${found.undone_by}.`,
      },
    )
  return found
}

/** Takes an operation back; undoing an undo brings what it undid back. Inside the caller's transaction; returns the number of the undo. */
export function undoOperation(connection: Connection, undone: KeptOperation, madeBy: string): number {
  const { lastInsertRowid } = connection
    .prepare(
      "INSERT INTO assay_operation (kind, what, made_by, made_at, reason, rows, undoes) VALUES ('undo', ?, ?, ?, '', ?, ?)",
    )
    .run(`Undid operation ${undone.operation_id}: ${undone.what}`, madeBy, now(), undone.rows, undone.operation_id)
  const undo = Number(lastInsertRowid)
  connection.prepare('UPDATE assay_operation SET undone_by = ? WHERE operation_id = ?').run(undo, undone.operation_id)
  if (undone.kind === 'undo')
    connection.prepare('UPDATE assay_operation SET undone_by = NULL WHERE operation_id = ?').run(undone.undoes)
  return undo
}

/** The operation whose amendments an undo takes away or brings back: the one at the end of a chain of undos. */
export function operationBehind(connection: Connection, operation: KeptOperation): number {
  let behind = operation
  while (behind.kind === 'undo' && behind.undoes !== null)
    behind = connection
      .prepare('SELECT * FROM assay_operation WHERE operation_id = ?')
      .get(behind.undoes) as KeptOperation
  return behind.operation_id
}
