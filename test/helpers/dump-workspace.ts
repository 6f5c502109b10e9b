import { quoteName } from '../../src/main/store/database.ts'
import { openWorkspace } from '../../src/main/store/open-workspace.ts'

const besides = ['assay_run_table', 'assay_sighting', 'assay_waiting']

/** All row versions of a workspace as they are, by table, and what is kept beside them: empty tables are left out. */
export function dumpWorkspace(workspace: string): Record<string, readonly string[]> {
  const { connection } = openWorkspace(workspace)
  try {
    const tables = connection
      .prepare(
        `SELECT name FROM sqlite_schema AS s WHERE type = 'table' AND name NOT GLOB 'assay_aside*'
        AND (name IN (SELECT value FROM json_each(?)) OR EXISTS (SELECT 1 FROM pragma_table_info(s.name) WHERE name = 'from_run'))`,
      )
      .pluck()
      .all(JSON.stringify(besides)) as string[]
    return Object.fromEntries(
      tables
        .map((name) => [name, connection.prepare(`SELECT * FROM ${quoteName(name)}`).all()] as const)
        .filter(([, rows]) => rows.length > 0)
        .map(([name, rows]) => [name, rows.map((row) => JSON.stringify(row)).toSorted()]),
    )
  } finally {
    connection.close()
  }
}
