import { RE2JS } from 're2js'
import { quoteName, quoteText, type Connection } from '../../store/database.ts'
import type { ModelCompiler } from '../model/compile-model.ts'
import type { Check, Model } from '../project/project.ts'

/** The temporary table of the values that the pattern of a check does not match. */
export function unmatchedTable(check: string): string {
  return `unmatched_${check}`
}

/**
 * Finds the values that the patterns of checks do not match, each value once; then SQL finds their rows. SQLite has no regular
 * expressions, and the engine here takes time linear in the text whatever the pattern.
 */
export function findUnmatched(
  connection: Connection,
  checks: readonly Check[],
  model: Model,
  compiler: ModelCompiler,
): void {
  for (const { name, column, test } of checks) {
    if (test.kind !== 'regex') continue
    const table = `temp.${quoteName(unmatchedTable(name))}`
    connection.exec(`DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (value TEXT PRIMARY KEY) WITHOUT ROWID`)
    const pattern = RE2JS.compile(test.pattern)
    const quoted = quoteName(column ?? '')
    const values = connection
      .prepare(
        `SELECT DISTINCT CAST(${quoted} AS TEXT) FROM ${compiler.relation(model.name)} WHERE ${quoted} IS NOT NULL`,
      )
      .pluck()
      .all() as string[]
    const unmatched = values.filter((value) => !pattern.matcher(value).find())
    connection.exec(`INSERT INTO ${table} SELECT value FROM json_each(${quoteText(JSON.stringify(unmatched))})`)
  }
}
