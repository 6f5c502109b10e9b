import type { Connection } from '../../store/database.ts'
import { gatherRows } from './compared-rows.ts'
import type { ComparisonSummary, ComparisonTask } from './comparison-task.ts'
import { countClasses } from './count-classes.ts'
import { findDifferences } from './find-differences.ts'

/** How the time of a comparison is spread over its steps, as measured: reading and sorting what was read, and finding what differs. */
const shareOfReading = 0.5
const shareOfSorting = 0.2

/**
 * Compares two relations row by row, in the database and in constant memory, into temporary tables of the connection, one comparison a
 * connection. `onShare` is told from time to time which share of the work is done.
 */
export function compareRelations(
  connection: Connection,
  task: ComparisonTask,
  onShare: (share: number) => void = () => undefined,
): ComparisonSummary {
  const rows = gatherRows(connection, task, (share) => onShare(share * shareOfReading))
  const found = shareOfReading + shareOfSorting
  onShare(found)
  findDifferences(connection, task, rows, (share) => onShare(found + share * (1 - found)))
  return countClasses(connection, task, rows)
}
