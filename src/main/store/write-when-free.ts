import { setTimeout as sleep } from 'node:timers/promises'
import { inTransaction, type Connection } from './database.ts'

const firstPause = 10
// Short, and a try costs next to nothing: between two long steps a run leaves the database free for a few milliseconds only.
const longestPause = 40
const patience = 15 * 60_000

/** Lets a process that answers nobody wait inside of SQLite for as long as others write: a bulk correction may take a while. */
export function waitForOthers(connection: Connection): void {
  connection.pragma(`busy_timeout = ${patience}`)
}

/**
 * Runs `work` in one transaction as soon as nobody else writes. A run may be in the middle of a long step: then it is tried again and
 * again, while this process goes on answering.
 */
export async function writeWhenFree<Result>(connection: Connection, work: () => Result): Promise<Result> {
  const until = performance.now() + patience
  let pause = firstPause
  for (;;) {
    // Waiting inside of SQLite would stop this whole process.
    connection.pragma('busy_timeout = 0')
    try {
      return inTransaction(connection, work)
    } catch (error) {
      const isBusy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
      if (!isBusy || performance.now() > until) throw error
    } finally {
      connection.pragma('busy_timeout = 5000')
    }
    await sleep(pause)
    pause = Math.min(pause * 2, longestPause)
  }
}
