import type { MessagePort } from 'node:worker_threads'
import { reportError } from '../../kernel/report-error.ts'
import { openConnection, quoteName, type Connection } from '../../store/database.ts'
import {
  claimTask,
  type ComputingAnswer,
  type ComputingMessage,
  type ComputingTask,
  type TemporaryTable,
} from './computing-thread.ts'

/** Serves computing tasks in a worker thread. Their SQL writes to the target alone, which nobody needs after a crash. */
export function serveComputing(port: MessagePort): void {
  port.on('message', ({ tasks, claims }: ComputingMessage) => {
    for (const [task, asked] of tasks.entries())
      if (claimTask(claims, task)) port.postMessage({ task, ...answer(asked) } satisfies ComputingAnswer)
  })
}

function answer(task: ComputingTask) {
  try {
    return { seconds: compute(task) }
  } catch (error) {
    return { error: reportError(error) }
  }
}

function compute({ databasePath, targetPath, tables, sql }: ComputingTask): number {
  const from = performance.now()
  // What is attached to a connection that only reads could not be written to.
  const connection = openConnection(databasePath, { readonly: false })
  try {
    connection.prepare('ATTACH ? AS computed').run(targetPath)
    connection.pragma('computed.journal_mode = OFF')
    connection.pragma('computed.synchronous = OFF')
    for (const table of tables) fillTemporary(connection, table)
    connection.exec(sql)
  } finally {
    connection.close()
  }
  return (performance.now() - from) / 1000
}

function fillTemporary(connection: Connection, { name, create, rows }: TemporaryTable): void {
  connection.exec(create)
  const places = rows[0]?.map(() => '?').join(', ')
  if (places === undefined) return
  const insert = connection.prepare(`INSERT INTO temp.${quoteName(name)} VALUES (${places})`)
  connection.transaction(() => {
    for (const row of rows) insert.run(...row)
  })()
}
