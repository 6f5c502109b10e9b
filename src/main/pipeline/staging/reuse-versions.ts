import { quoteName, type Connection } from '../../store/database.ts'

/** The versions that a run added to a table since `first`, to be compared with those it closed. */
export interface AddedVersions {
  readonly table: string
  /** Tells the living rows of what was made anew apart. */
  readonly key: readonly string[]
  readonly columns: readonly string[]
  readonly first: number
}

/**
 * After a run closed rows and made them anew: keeps the old versions of those that are equal, as if they had never been touched. Returns
 * how many. Inside the caller's transaction.
 */
export function reuseVersions(connection: Connection, runId: number, added: AddedVersions): number {
  const table = quoteName(added.table)
  const key = added.key.map(quoteName)
  const columns = added.columns.map(quoteName)
  const list = (alias: string, names: readonly string[]) => names.map((name) => `${alias}.${name}`).join(', ')
  connection.exec(`
    DROP TABLE IF EXISTS temp.remade;
    CREATE TABLE temp.remade AS SELECT version, ${key.join(', ')} FROM ${table} WHERE version >= ${added.first} AND to_run IS NULL;
    CREATE INDEX temp.remade_key ON remade (${key.join(', ')});
    DROP TABLE IF EXISTS temp.reused;
    CREATE TABLE temp.reused (old INTEGER PRIMARY KEY, made INTEGER);
    INSERT INTO temp.reused SELECT o.version, n.version FROM ${table} AS o
    CROSS JOIN temp.remade AS r ON ${key.map((name) => `r.${name} = o.${name}`).join(' AND ')}
    CROSS JOIN ${table} AS n ON n.version = r.version
    WHERE o.to_run = ${runId} AND o.version < ${added.first} AND (${list('o', columns)}) IS (${list('n', columns)})`)
  const reused = Number(connection.prepare('SELECT count(*) FROM temp.reused').pluck().get())
  connection.exec(`
    DELETE FROM ${table} WHERE version IN (SELECT made FROM temp.reused);
    UPDATE ${table} SET to_run = NULL WHERE version IN (SELECT old FROM temp.reused);
    DROP TABLE temp.reused; DROP TABLE temp.remade`)
  return reused
}
