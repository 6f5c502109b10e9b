import { hostname } from 'node:os'
import { join } from 'node:path'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { AppError } from '../kernel/app-error.ts'
import { now } from '../kernel/clock.ts'
import { storageError } from './storage-error.ts'

const orphanGraceMilliseconds = 1_500

/** Who says that it holds the lock; what it says counts only while the lock is held. */
export interface LockHolder {
  readonly pid: number
  readonly host: string
  readonly since: string
  readonly doing: string
}

/** The process that noted itself as the holder of a workspace's lock; null where none did. */
export function readLockHolder(folder: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(holderPathOf(folder), 'utf8')) as LockHolder
  } catch {
    return null
  }
}

function holderPathOf(folder: string): string {
  return join(folder, 'workspace.lock.json')
}

function describeHolder(folder: string): string {
  const holder = readLockHolder(folder)
  return holder === null
    ? 'another process'
    : `process ${holder.pid} on ${holder.host}, since ${holder.since} (${holder.doing})`
}

/**
 * Takes the one right to write to a workspace, or says who has it. The lock is an exclusive transaction on a small SQLite file beside
 * the database: the operating system drops it the moment its holder dies, so that a crash never leaves a stale lock behind.
 * Waits a moment first, for a job whose parent was killed to notice and end.
 */
export function lockWorkspace(folder: string, doing: string): { release(): void } {
  const path = join(folder, 'workspace.lock')
  const holderPath = holderPathOf(folder)
  let connection: Database.Database | undefined
  try {
    connection = new Database(path, { timeout: orphanGraceMilliseconds })
    connection.pragma('journal_mode = MEMORY')
    connection.exec('BEGIN EXCLUSIVE')
    writeFileSync(
      holderPath,
      JSON.stringify({ pid: process.pid, host: hostname(), since: new Date(now()).toISOString(), doing }),
      { mode: 0o600 },
    )
  } catch (error) {
    connection?.close()
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')
      throw new AppError('WORKSPACE_LOCKED', `The workspace ${folder} is in use by ${describeHolder(folder)}.`, {
        place: { file: path },
        saved: 'Nothing was changed.',
        hint: 'Wait for it to finish or stop it, then try again; or name another workspace.',
        cause: error,
      })
    throw storageError(error, path)
  }
  const held = connection
  return {
    release() {
      rmSync(holderPath, { force: true })
      held.close()
    },
  }
}

/** Whether some process holds the lock of a workspace now. */
export function isWorkspaceLocked(folder: string): boolean {
  const path = join(folder, 'workspace.lock')
  if (!existsSync(path)) return false
  const connection = new Database(path, { timeout: 0 })
  try {
    connection.prepare('SELECT 1 FROM sqlite_schema').get()
    return false
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return true
    throw storageError(error, path)
  } finally {
    connection.close()
  }
}
