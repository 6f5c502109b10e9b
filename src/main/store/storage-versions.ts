import { openScratch } from './database.ts'
import { latestVersion } from './migrate.ts'
import { migrationsFolder } from './open-workspace.ts'

/** The version of SQLite, and of the schema that this program gives a workspace. */
export function storageVersions(): { readonly sqlite: string; readonly schema: number } {
  const connection = openScratch()
  try {
    const sqlite = String(connection.prepare('SELECT sqlite_version()').pluck().get())
    return { sqlite, schema: latestVersion(migrationsFolder) }
  } finally {
    connection.close()
  }
}
