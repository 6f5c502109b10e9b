import type { MessagePort } from 'node:worker_threads'
import { AppError } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { compileContract } from '../contract/compile-contract.ts'
import { compileRecency } from '../contract/recency.ts'
import { readFeed } from '../reader/read-feed.ts'
import { createBatchBuilder } from './batch.ts'
import { maxInFlight, type ReadingMessage, type ReadingTask } from './reading-task.ts'
import { compileStagedKey } from './staged-key.ts'

const batchSize = 1_000

/** Serves reading tasks in a worker thread: reads the files, judges each record and sends the results in batches. */
export function serveReading(port: MessagePort): void {
  const send = (message: ReadingMessage) => port.postMessage(message)
  port.on('message', (task: ReadingTask) => {
    try {
      read(task, send)
    } catch (error) {
      if (!(error instanceof AppError))
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      send({ kind: 'failed', error: reportError(error) })
    }
  })
}

function read(task: ReadingTask, send: (message: ReadingMessage) => void): void {
  const { contract } = task
  const judge = compileContract(contract, task)
  const recencyOf = compileRecency(contract)
  const keyOf = compileStagedKey(contract)
  const shape = {
    columns: contract.fields.map((field) => field.name),
    required: contract.requiredInFile,
    layout: contract.layout,
    maxRecordBytes: task.maxRecordBytes,
  }
  const inFlight = new Int32Array(task.inFlight)
  let arrival = task.firstArrival

  for (const file of task.files) {
    const builder = createBatchBuilder(file.name, keyOf !== null)
    let bytesRead = 0
    const flush = () => {
      while (Atomics.load(inFlight, 0) >= maxInFlight) Atomics.wait(inFlight, 0, Atomics.load(inFlight, 0))
      Atomics.add(inFlight, 0, 1)
      send({ kind: 'batch', batch: builder.take(bytesRead) })
    }
    try {
      const summary = readFeed(file, shape, {
        record(record) {
          const verdict = judge(record.cells)
          if (verdict.isValid)
            builder.addRow(arrival, record.line, recencyOf(verdict.values), keyOf?.(verdict.values) ?? null, verdict)
          else builder.addQuarantined(arrival, record, record.raw(), record.named(), verdict.findings)
          arrival += 1
          if (builder.size() >= batchSize) flush()
        },
        bad(bad) {
          builder.addQuarantined(arrival, bad, bad.raw, null, [
            {
              field: 'row',
              rule: bad.rule,
              severity: 'error',
              message: `This record ${bad.detail}.`,
              rawValue: bad.raw,
            },
          ])
          arrival += 1
          if (builder.size() >= batchSize) flush()
        },
        progress(bytes) {
          bytesRead = bytes
        },
      })
      bytesRead = summary.bytes
      flush()
      const { rows, bytes, sha256, encoding, format, warnings } = summary
      send({ kind: 'file', facts: { file: file.name, rows, bytes, sha256, encoding, format, warnings } })
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'FILE_REJECTED') throw error
      send({ kind: 'rejected', file: file.name, error: reportError(error) })
    }
  }
  send({ kind: 'done', nextArrival: arrival })
}
