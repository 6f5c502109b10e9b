import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { quoteName, type Connection } from '../../store/database.ts'
import { openComputingThread, type ComputingTask, type TemporaryTable } from './computing-thread.ts'
import { fillByKey, type TableBuild } from './fill-built.ts'

/** A share of a model that is computed by itself; `tables` are the temporary ones that its SELECT reads. */
export interface Share {
  readonly build: TableBuild
  readonly tables: readonly string[]
}

/** Has a thread compute the rows of one model after another while this one builds those before them. */
export interface ModelsAhead {
  /** Whether nothing is computed or waits to be taken. */
  isFree(): boolean
  /** Begins with the shares of a model, of which all inputs are committed. */
  begin(model: string, shares: readonly Share[]): void
  /**
   * Gives the shares of a model in their order to `write`, each when its rows are there; what the thread has not begun with is computed here
   * meanwhile. Resolves to the seconds of the thread; to null where the model was not begun, or where a share failed: then it is to be
   * built as a whole, for the failure to be told.
   */
  take(model: string, write: (build: TableBuild) => void): Promise<number | null>
  close(): Promise<void>
}

/** Where the rows of a share are, and what they took of the thread. */
interface ShareRows {
  readonly relation: string
  readonly seconds: number
}

interface BegunShare extends Share {
  /** The file for its rows. */
  readonly targetPath: string
  /** Whether this thread has it from now on, which the other one then leaves. */
  claim(): boolean
  /** Null where computing them failed. */
  rows: Promise<ShareRows | null>
  isAnswered: boolean
}

/** `targetFolder` is for the rows, beside the workspace's database; what a crash has left there is removed. */
export function createModelsAhead(options: {
  readonly connection: Connection
  readonly databasePath: string
  readonly targetFolder: string
  /** The module of the threads of the job process. */
  readonly threadEntry: URL
}): ModelsAhead {
  const { connection, databasePath, targetFolder, threadEntry } = options
  const thread = openComputingThread(threadEntry)
  let begun: { readonly model: string; readonly shares: readonly BegunShare[] } | null = null
  const removeTargets = () => rmSync(targetFolder, { recursive: true, force: true })
  removeTargets()

  const targetOf = (index: number) => join(targetFolder, `${index}.db`)

  function taskOf({ build, tables }: Share, index: number): ComputingTask {
    const targetPath = targetOf(index)
    writeFileSync(targetPath, '', { mode: 0o600 })
    return {
      databasePath,
      targetPath,
      tables: tables.map((name) => temporaryTable(connection, name)),
      sql: fillByKey(build, computedByThread),
    }
  }

  /** Computes a share that the thread has not begun with, the last of them, since the thread begins with the first; false where there is none. */
  function help(shares: readonly BegunShare[]): boolean {
    const index = shares.findLastIndex((share) => share.claim())
    const share = shares[index]
    if (share === undefined) return false
    share.isAnswered = true
    const relation = `temp.${quoteName(`built_${index}`)}`
    try {
      connection.exec(fillByKey(share.build, relation))
      share.rows = Promise.resolve({ relation, seconds: 0 })
    } catch {
      share.rows = Promise.resolve(null)
    }
    return true
  }

  function writeShare(
    { build, targetPath }: BegunShare,
    { relation }: ShareRows,
    write: (build: TableBuild) => void,
  ): void {
    if (relation !== computedByThread) {
      write({ ...build, computed: relation })
      connection.exec(`DROP TABLE ${relation}`)
      return
    }
    connection.prepare('ATTACH ? AS computed').run(targetPath)
    try {
      write({ ...build, computed: relation })
    } finally {
      connection.exec('DETACH computed')
    }
  }

  async function writeShares(
    shares: readonly BegunShare[],
    write: (build: TableBuild) => void,
  ): Promise<number | null> {
    let seconds = 0
    for (const share of shares) {
      // What the thread has answered meanwhile is heard first.
      await setImmediate()
      while (!share.isAnswered && help(shares)) await setImmediate()
      const rows = await share.rows
      if (rows === null) return null
      writeShare(share, rows, write)
      seconds += rows.seconds
    }
    return seconds
  }

  /** Until the thread is free again. */
  async function endShares(shares: readonly BegunShare[]): Promise<void> {
    for (const share of shares) if (!share.claim()) await share.rows
    removeTargets()
  }

  return {
    isFree: () => begun === null,
    begin(model, asked) {
      mkdirSync(targetFolder, { recursive: true, mode: 0o700 })
      const { claim, secondsOf } = thread.begin(asked.map(taskOf))
      const shares = asked.map((one, index) => {
        const share: BegunShare = {
          ...one,
          targetPath: targetOf(index),
          claim: () => claim(index),
          rows: secondsOf(index)
            .then(
              (seconds) => ({ relation: computedByThread, seconds }),
              () => null,
            )
            .finally(() => (share.isAnswered = true)),
          isAnswered: false,
        }
        return share
      })
      begun = { model, shares }
    },
    async take(model, write) {
      if (begun?.model !== model) return null
      const { shares } = begun
      try {
        return await writeShares(shares, write)
      } finally {
        await endShares(shares)
        begun = null
      }
    },
    async close() {
      await thread.close()
      removeTargets()
    },
  }
}

const computedByThread = 'computed.built'

function temporaryTable(connection: Connection, name: string): TemporaryTable {
  const sql = connection.prepare('SELECT sql FROM sqlite_temp_schema WHERE name = ?').pluck().get(name) as string
  return {
    name,
    create: sql.replace(/^CREATE TABLE/, 'CREATE TEMP TABLE'),
    rows: connection
      .prepare(`SELECT * FROM temp.${quoteName(name)}`)
      .raw()
      .all() as unknown[][],
  }
}
