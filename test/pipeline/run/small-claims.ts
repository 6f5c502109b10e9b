import { expect } from 'vitest'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { benefits, exportPublished, folderOf, runFeeds } from '../../helpers/feeds.ts'

export const header = 'claim_id,company_ein,service_date,amount,claim_type,last_updated\n'
export const claim = (id: string, amount: string, updated = '') =>
  `${id},11-1111111,2022-01-01,${amount},Dental,${updated}\n`

/** A delivery of claims under a name of its own. */
export function delivery(name: string, ...rows: readonly string[]): string {
  return folderOf({ [`claims_${name}.csv`]: header + rows.join('') })
}

/** The first value that a query gives of a workspace. */
export function inWorkspace(workspace: string, sql: string, ...values: unknown[]): unknown {
  const { connection } = openWorkspace(workspace)
  try {
    return connection
      .prepare(sql)
      .pluck()
      .get(...values)
  } finally {
    connection.close()
  }
}

/** Runs deliveries one after the other; gives each run's tables as they were when it was published. */
export async function publishEach(workspace: string, deliveries: readonly string[], project = benefits) {
  const tables: Record<string, string>[] = []
  for (const input of deliveries) {
    expect((await runFeeds({ input, workspace, project })).status).toBe('published')
    tables.push(exportPublished(workspace))
  }
  return tables
}
