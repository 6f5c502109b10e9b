import type { MessagePort } from 'node:worker_threads'
import { AppError } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { inSnapshot, openConnection } from '../../store/database.ts'
import { withStorageErrors } from '../../store/storage-error.ts'
import { compareRelations } from './compare-relations.ts'
import type { AskedComparison, ComparisonMessage, ComparisonQuestion, ComparisonTask } from './comparison-task.ts'
import { createDifferenceReader, type DifferenceReader } from './read-differences.ts'
import { writeDifferences } from './write-differences.ts'

/** Works on a comparison in a worker thread: compares on a connection of its own that only reads, then answers what is asked about it. */
export function serveComparison(port: MessagePort, task: ComparisonTask): void {
  const send = (message: ComparisonMessage) => port.postMessage(message)
  try {
    withStorageErrors(task.databasePath, () => compare(task, port, send))
  } catch (error) {
    send({ kind: 'failed', error: told(error) })
  }
}

function compare(task: ComparisonTask, port: MessagePort, send: (message: ComparisonMessage) => void): void {
  const connection = openConnection(task.databasePath, { readonly: true })
  // Whatever goes wrong, the temporary tables go with the connection: there is nothing to roll back to.
  connection.pragma('temp.journal_mode = OFF')
  const summary = inSnapshot(connection, () => {
    if (connection.prepare(task.stamp.sql).pluck().get() !== task.stamp.value) return null
    return compareRelations(connection, task, (share) => send({ kind: 'share', share }))
  })
  if (summary === null) return send({ kind: 'stale' })
  const reader = createDifferenceReader(connection, task)
  port.on('message', ({ number, question }: AskedComparison) => {
    try {
      send({ kind: 'answer', number, answer: answer(reader, task, question) })
    } catch (error) {
      send({ kind: 'refusal', number, error: told(error) })
    }
  })
  send({ kind: 'done', summary })
}

function answer(reader: DifferenceReader, task: ComparisonTask, question: ComparisonQuestion): unknown {
  return question.kind === 'page'
    ? reader.page(question.filter, question.offset, question.limit)
    : writeDifferences(reader, task, question)
}

function told(error: unknown) {
  if (!(error instanceof AppError)) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  return reportError(error)
}
