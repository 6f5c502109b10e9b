import { openWorkbench } from '../../src/main/pipeline/run/open-workbench.ts'
import { openWorkspace } from '../../src/main/store/open-workspace.ts'
import { benefits, exportPublished, runFeeds, temporaryFolder } from './feeds.ts'

/** A full refresh: the same deliveries into an empty workspace in which the decisions stand from the beginning. */
export async function fullRefresh(workspace: string, deliveries: readonly string[]): Promise<Record<string, string>> {
  const fresh = temporaryFolder()
  openWorkbench({ projectFolder: benefits, workspaceFolder: fresh, create: true }).close()
  const { connection, databasePath } = openWorkspace(workspace)
  connection.close()
  const target = openWorkspace(fresh).connection
  target.prepare('ATTACH ? AS old').run(databasePath)
  target.pragma('foreign_keys = OFF')
  for (const table of ['assay_operation', 'assay_amendment'])
    target.exec(`INSERT INTO ${table} SELECT * FROM old.${table}`)
  target.close()
  for (const input of deliveries) await runFeeds({ input, workspace: fresh })
  return exportPublished(fresh)
}
