import type { Connection } from '../../../store/database.ts'

/** Thrown in the middle of a statement that goes on for too long. */
export class TooLong extends Error {}

/**
 * Gives a condition on row versions that is true until a time by the clock of `performance`, and breaks off the statement that asks it later. SQLite
 * asks it of each row before it looks for rows that belong to it, so a join of many rows ends soon after, also where it finds none.
 */
export function openDeadline(connection: Connection, deadline: number): string {
  connection.function('assay_in_time', { deterministic: false, varargs: true }, () => {
    if (performance.now() > deadline) throw new TooLong()
    return 1
  })
  return 'assay_in_time(from_run)'
}
