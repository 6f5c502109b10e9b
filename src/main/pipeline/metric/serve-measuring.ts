import type { MessagePort } from 'node:worker_threads'
import { reportError } from '../../kernel/report-error.ts'
import { openConnection } from '../../store/database.ts'
import { moveFromLog } from '../../store/open-workspace.ts'
import { measureChange } from './measure-change.ts'
import type { MeasuredRelation } from './measure-relation.ts'
import { measureRows } from './measure-rows.ts'
import type { MeasuringAnswer, MeasuringTask, MovingTask } from './measuring-thread.ts'

/** Serves measuring tasks in a worker thread, each with a connection that only reads. */
export function serveMeasuring(port: MessagePort): void {
  port.on('message', (task: MeasuringTask | MovingTask) => {
    if ('isMove' in task) {
      try {
        moveIntoDatabase(task.databasePath)
      } catch {
        // It only makes reading quicker; whoever cannot read says why.
      }
      return
    }
    let answer: MeasuringAnswer
    try {
      answer = { measured: measure(task) }
    } catch (error) {
      answer = { error: reportError(error) }
    }
    port.postMessage(answer)
  })
}

function measure(task: MeasuringTask): MeasuredRelation {
  const isChange = 'added' in task
  if (!isChange) moveIntoDatabase(task.databasePath)
  const connection = openConnection(task.databasePath, { readonly: true })
  try {
    return isChange ? measureChange(connection, task) : measureRows(connection, task)
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
    moveFromLog(connection)
  } finally {
    connection.close()
  }
}
