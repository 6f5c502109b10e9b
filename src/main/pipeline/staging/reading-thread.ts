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

/**
 * Threads at rest, by their entry. A process that runs again reads with the same thread: one is costly to start, and
 * V8 was seen to crash (its registry of compiled pages) in processes that started and ended hundreds.
 */
const resting = new Map<string, Worker>()

/** Gives a thread that rests, or starts one; `entry` is the module that calls `serveReading`. */
export function openReadingThread(entry: URL): ReadingThread {
  const worker = resting.get(entry.href) ?? startWorker(entry)
  resting.delete(entry.href)
  worker.ref()
  let isClean = true
  return {
    async read(task, handlers) {
      isClean = false
      const { error, nextArrival, isEnded } = await readWith(worker, task, handlers)
      isClean = isEnded
      if (error !== null) throw error
      return nextArrival
    },
    async close() {
      if (!isClean || resting.has(entry.href)) return void (await worker.terminate())
      worker.unref()
      resting.set(entry.href, worker)
    },
  }
}

function startWorker(entry: URL): Worker {
  // A young generation that stays small keeps the peak of memory where it is, however many rows there are.
  const worker = new Worker(entry, { resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 } })
  worker.once('exit', () => {
    if (resting.get(entry.href) === worker) resting.delete(entry.href)
  })
  return worker
}

/** How a read ended: `isEnded` when the thread said so itself, and waits for the next task. */
interface ReadEnd {
  readonly error: Error | null
  readonly nextArrival: number
  readonly isEnded: boolean
}

function readWith(worker: Worker, task: Omit<ReadingTask, 'inFlight'>, handlers: ReadingHandlers): Promise<ReadEnd> {
  const inFlight = new SharedArrayBuffer(4)
  const taken = new Int32Array(inFlight)
  return new Promise((resolve) => {
    const end = (error: Error | null, nextArrival: number, isEnded: boolean) => {
      worker.off('message', onMessage)
      worker.off('error', onError)
      resolve({ error, nextArrival, isEnded })
    }
    const onError = (error: unknown) =>
      end(new AppError('INTERNAL', 'The reading thread stopped unexpectedly.', { cause: error }), 0, false)
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
            end(null, message.nextArrival, true)
            return
          case 'failed':
            end(errorFromReport(message.error), 0, true)
            return
        }
      } catch (error) {
        end(error instanceof Error ? error : new Error(String(error)), 0, false)
      }
    }
    worker.on('message', onMessage)
    worker.on('error', onError)
    worker.postMessage({ ...task, inFlight } satisfies ReadingTask)
  })
}
