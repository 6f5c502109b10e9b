import { Worker } from 'node:worker_threads'
import { AppError, errorFromReport } from '../../kernel/app-error.ts'
import type { Batch } from './batch.ts'
import type { FileFacts, ReadingMessage, ReadingTask } from './reading-task.ts'

export interface ReadingHandlers {
  batch(batch: Batch): void
  file(facts: FileFacts): void
  rejected(file: string, reason: string): void
}

/** A worker thread that reads and judges feeds while this one writes to the database. */
export interface ReadingThread {
  /** Reads all files of a source; resolves to the arrival number after the last record. */
  read(task: Omit<ReadingTask, 'inFlight'>, handlers: ReadingHandlers): Promise<number>
  close(): Promise<void>
}

/** Starts the thread; `entry` is the module that calls `serveReading`. */
export function startReadingThread(entry: URL): ReadingThread {
  // A young generation that stays small keeps the peak of memory where it is, however many rows there are.
  const worker = new Worker(entry, { resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 } })
  return {
    read: (task, handlers) => readWith(worker, task, handlers),
    close: async () => void (await worker.terminate()),
  }
}

function readWith(worker: Worker, task: Omit<ReadingTask, 'inFlight'>, handlers: ReadingHandlers): Promise<number> {
  const inFlight = new SharedArrayBuffer(4)
  const taken = new Int32Array(inFlight)
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => settle(() => reject(error))
    const settle = (settled: () => void) => {
      worker.off('message', onMessage)
      worker.off('error', onError)
      settled()
    }
    const onError = (error: unknown) =>
      settle(() => reject(new AppError('INTERNAL', 'The reading thread stopped unexpectedly.', { cause: error })))
    const onMessage = (message: ReadingMessage) => {
      try {
        switch (message.kind) {
          case 'batch':
            handlers.batch(message.batch)
            Atomics.sub(taken, 0, 1)
            Atomics.notify(taken, 0)
            return
          case 'file':
            handlers.file(message.facts)
            return
          case 'rejected':
            handlers.rejected(message.file, message.error.message)
            return
          case 'done':
            settle(() => resolve(message.nextArrival))
            return
          case 'failed':
            settle(() => reject(errorFromReport(message.error)))
            return
        }
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)))
      }
    }
    worker.on('message', onMessage)
    worker.on('error', onError)
    worker.postMessage({ ...task, inFlight } satisfies ReadingTask)
  })
}
