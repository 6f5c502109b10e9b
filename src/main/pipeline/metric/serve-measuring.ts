import type { MessagePort } from 'node:worker_threads'
import { reportError } from '../../kernel/report-error.ts'
import { openConnection } from '../../store/database.ts'
import { createRelationMeter, type MeasuredRelation } from './measure-relation.ts'
import type { MeasuringAnswer, MeasuringTask } from './measuring-thread.ts'

/** Serves measuring tasks in a worker thread, each with a connection that only reads. */
export function serveMeasuring(port: MessagePort): void {
  port.on('message', (task: MeasuringTask) => {
    let answer: MeasuringAnswer
    try {
      answer = { measured: measure(task) }
    } catch (error) {
      answer = { error: reportError(error) }
    }
    port.postMessage(answer)
  })
}

function measure({ databasePath, relation, columns, company }: MeasuringTask): MeasuredRelation {
  moveIntoDatabase(databasePath)
  const connection = openConnection(databasePath, { readonly: true })
  try {
    const meter = createRelationMeter(columns, company)
    meter.add(connection, relation, 1)
    return meter.take(() => ({ min: null, max: null }))
  } finally {
    connection.close()
  }
}

/**
 * Moves what was written from the log into the database, waiting for nobody: a million rows were read twice as fast from there, and whoever
 * closes the workspace has less left to move.
 */
function moveIntoDatabase(databasePath: string): void {
  const connection = openConnection(databasePath, { readonly: false })
  try {
    connection.pragma('wal_checkpoint(PASSIVE)')
  } catch {
    // Where there is no room for it now, rows are read from the log.
  } finally {
    connection.close()
  }
}
