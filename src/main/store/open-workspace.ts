import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '../kernel/app-error.ts'
import { resourcesFolder } from '../kernel/resources-folder.ts'
import { openConnection, type Connection } from './database.ts'
import { makeFolders } from './make-folders.ts'
import { latestVersion, migrate } from './migrate.ts'
import { storageError, withStorageErrors } from './storage-error.ts'
import { applicationId, vetWorkspaceFile } from './vet-workspace-file.ts'

export const migrationsFolder = join(resourcesFolder(), 'migrations')

/** A workspace folder, opened: its database, and where things lie. */
export interface Workspace {
  readonly folder: string
  readonly databasePath: string
  readonly connection: Connection
}

/** The database file of a workspace folder. */
export function databasePathOf(folder: string): string {
  return join(folder, 'workspace.db')
}

function createDatabase(path: string): void {
  // Made aside and renamed: a crash in mid-creation leaves no half-made workspace behind.
  const aside = `${path}.new-${process.pid}`
  const connection = new Database(aside)
  try {
    connection.pragma(`application_id = ${applicationId}`)
    connection.pragma('journal_mode = WAL')
    migrate(connection, migrationsFolder)
  } finally {
    connection.close()
  }
  renameSync(aside, path)
}

/** Makes an empty workspace in `folder` where there is none; the caller holds the lock. */
export function createWorkspaceIfMissing(folder: string): void {
  const path = databasePathOf(folder)
  if (!existsSync(path)) withStorageErrors(path, () => createDatabase(path))
}

/** Makes the folder of a workspace, readable by its owner alone. */
export function makeWorkspaceFolder(folder: string): void {
  withStorageErrors(folder, () => makeFolders(folder, 0o700))
}

/** The log may grow to so many pages of 4 KB in a run. */
const mostPagesInLog = 50_000

/**
 * What a run builds need not outlive a power failure step by step: each step is there whole or not at all, none without those before it,
 * and publishing it makes all of them last. Nor need it be moved from the log into the database before that. https://www.sqlite.org/wal.html
 */
export function writeInSteps(connection: Connection): void {
  connection.pragma('synchronous = NORMAL')
  connection.pragma(`wal_autocheckpoint = ${mostPagesInLog}`)
}

/** From now on what is written lasts as soon as it is written. */
export function writeForGood(connection: Connection): void {
  connection.pragma('synchronous = FULL')
}

/** Moves what was written from the log into the database, as far as nobody reads it. Where there is no room, it stays in the log. */
export function moveFromLog(connection: Connection): void {
  try {
    connection.pragma('wal_checkpoint(PASSIVE)')
  } catch {
    // Reading from the log is slower, but right.
  }
}

/** Opens the workspace in `folder`. A file that is empty, damaged, another program's or a newer version's is refused and left as it is. */
export function openWorkspace(folder: string): Workspace {
  const path = databasePathOf(folder)
  if (!existsSync(path))
    throw new AppError('NOT_FOUND', `There is no workspace in ${folder}.`, {
      place: { file: path },
      hint: 'Name the folder of a workspace, or make one with: assay run --input FEEDS --workspace FOLDER',
    })
  vetWorkspaceFile(path, latestVersion(migrationsFolder))
  let connection: Connection | undefined
  try {
    connection = openConnection(path, { readonly: false })
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    connection.pragma('journal_size_limit = 67108864')
    migrate(connection, migrationsFolder)
    return { folder, databasePath: path, connection }
  } catch (error) {
    connection?.close()
    throw storageError(error, path)
  }
}
