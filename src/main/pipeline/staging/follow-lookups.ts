import { quoteName, type Connection } from '../../store/database.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import { stagedTableOf } from './staged-table.ts'

/** The map a look-up source gives: its first column -> its second, of the rows that meet `condition`. */
export function readLookup(
  connection: Connection,
  contract: SourceContract,
  condition: string,
): ReadonlyMap<string, string> {
  const [from, to] = contract.staged
  if (from === undefined || to === undefined) return new Map()
  const rows = connection
    .prepare(
      `SELECT ${quoteName(from.name)}, ${quoteName(to.name)} FROM ${quoteName(stagedTableOf(contract).table.name)} WHERE ${condition}`,
    )
    .raw()
    .all() as [string, string][]
  return new Map(rows)
}

/** Gives rows whose value was inferred the value that the look-up has now, as new versions of the run. Inside the caller's transaction. */
export function followLookups(
  connection: Connection,
  contract: SourceContract,
  lookups: ReadonlyMap<string, SourceContract>,
  runId: number,
): void {
  const staged = stagedTableOf(contract)
  for (const table of [staged.table, staged.contested]) {
    const target = quoteName(table.name)
    for (const field of contract.fields) {
      if (field.inference === null) continue
      const lookup = lookups.get(field.inference.source)
      const [from, to] = lookup?.staged ?? []
      if (lookup === undefined || from === undefined || to === undefined) continue
      const email = `s.${quoteName(field.inference.emailColumn)}`
      const names = table.columns
        .map((column) => column.name)
        .filter((name) => name !== field.name)
        .map(quoteName)
      connection.exec(`
        DROP TABLE IF EXISTS temp.followed;
        CREATE TABLE temp.followed AS
        SELECT s.version AS old_version, l.${quoteName(to.name)} AS value FROM ${target} AS s
        JOIN ${quoteName(stagedTableOf(lookup).table.name)} AS l
          ON l.to_run IS NULL AND l.${quoteName(from.name)} = substr(${email}, instr(${email}, '@') + 1)
        WHERE s.to_run IS NULL AND s.${quoteName(field.inference.flag)} = 1 AND s.${quoteName(field.name)} IS NOT l.${quoteName(to.name)};
        UPDATE ${target} SET to_run = ${runId} WHERE version IN (SELECT old_version FROM temp.followed);
        INSERT INTO ${target} (from_run, ${[...names, quoteName(field.name)].join(', ')})
        SELECT ${[String(runId), ...names.map((name) => `s.${name}`), 'f.value'].join(', ')}
        FROM temp.followed AS f JOIN ${target} AS s ON s.version = f.old_version ORDER BY f.old_version;
        DROP TABLE temp.followed`)
    }
  }
}
