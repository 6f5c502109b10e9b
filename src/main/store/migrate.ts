import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inTransaction, type Connection } from './database.ts'

interface Migration {
  readonly number: number
  readonly path: string
}

function listMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .toSorted()
    .map((name) => ({ number: Number(name.slice(0, 4)), path: join(folder, name) }))
}

/** The version a workspace of this program has: the number of the last migration. */
export function latestVersion(folder: string): number {
  return listMigrations(folder).at(-1)?.number ?? 0
}

/** Brings the workspace's own tables to the latest version, each step in a transaction of its own; forward only. */
export function migrate(connection: Connection, folder: string): void {
  const hasVersion = (number: number) => Number(connection.pragma('user_version', { simple: true })) >= number
  for (const { number, path } of listMigrations(folder)) {
    // A transaction would wait for a run that is writing.
    if (hasVersion(number)) continue
    inTransaction(connection, () => {
      if (hasVersion(number)) return
      connection.exec(readFileSync(path, 'utf8'))
      connection.pragma(`user_version = ${number}`)
    })
  }
}
