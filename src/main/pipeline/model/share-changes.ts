import { quoteName, type Connection } from '../../store/database.ts'
import { changedVersions } from '../../store/versioned-table.ts'

/** Columns of a table that is read, and by how many models. */
export interface ReadColumns {
  readonly columns: Set<string>
  models: number
}

/**
 * Gives SELECTs of columns of the row versions that a run changed in a table. What several models ask for is read once: closed versions
 * lie anywhere in their table.
 */
export function shareChanges(
  connection: Connection,
  runId: number,
  read: ReadonlyMap<string, ReadColumns>,
): (table: string, columns: readonly string[]) => string {
  const shared = new Set<string>()
  return (table, columns) => {
    const wanted = read.get(table)
    if (wanted === undefined || wanted.models < 2) return changedVersions(connection, runId, table, columns) ?? ''
    const name = `temp.${quoteName(`changed_${table}`)}`
    if (!shared.has(table)) {
      const all = changedVersions(connection, runId, table, [...wanted.columns])
      connection.exec(`DROP TABLE IF EXISTS ${name}; CREATE TABLE ${name} AS ${all}`)
      shared.add(table)
    }
    return `SELECT DISTINCT ${columns.map(quoteName).join(', ')} FROM ${name}`
  }
}
