import { setTimeout as sleep } from 'node:timers/promises'
import { inTransaction, type Connection } from './database.ts'

const firstPause = 10
const longestPause = 250
const patience = 15 * 60_000

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
