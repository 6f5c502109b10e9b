import { Worker } from 'node:worker_threads'
import { AppError, errorFromReport, type ErrorReport } from '../../kernel/app-error.ts'
import type { ChangedRows } from './measure-change.ts'
import type { MeasuredRelation } from './measure-relation.ts'
import type { MeasuredRows } from './measure-rows.ts'

/** What is measured: rows of relations that read committed tables alone. */
export type MeasuringTask = (MeasuredRows | ChangedRows) & { readonly databasePath: string }

/** What the log holds is to be moved into the database; there is no answer. */
export interface MovingTask {
  readonly databasePath: string
  readonly isMove: true
}

export type MeasuringAnswer = { readonly measured: MeasuredRelation } | { readonly error: ErrorReport }

/** A thread that measures large relations while this one builds models. */
export interface MeasuringThread {
  /** Starts it, so that it is there when the first task comes; else it starts with that. */
  start(): void
  /** Has it move what the log holds into the database, where it has started. */
  moveFromLog(databasePath: string): void
  measure(task: MeasuringTask): Promise<MeasuredRelation>
  close(): Promise<void>
}

/** `entry` is the module whose threads serve `measuringRole`. */
export function openMeasuringThread(entry: URL): MeasuringThread {
  let worker: Worker | null = null
  const waiting: PromiseWithResolvers<MeasuredRelation>[] = []

  function startWorker(): Worker {
    const started = new Worker(entry, { workerData: measuringRole, resourceLimits: { maxYoungGenerationSizeMb: 16 } })
    started.on('message', (answer: MeasuringAnswer) => {
      const first = waiting.shift()
      if ('measured' in answer) first?.resolve(answer.measured)
      else first?.reject(errorFromReport(answer.error))
    })
    started.on('error', (cause) => {
      const error = new AppError('INTERNAL', 'The measuring thread stopped unexpectedly.', { cause })
      for (const each of waiting.splice(0)) each.reject(error)
    })
    return started
  }

  return {
    start() {
      worker ??= startWorker()
    },
    moveFromLog(databasePath) {
      worker?.postMessage({ databasePath, isMove: true } satisfies MovingTask)
    },
    measure(task) {
      worker ??= startWorker()
      const answer = Promise.withResolvers<MeasuredRelation>()
      waiting.push(answer)
      worker.postMessage(task)
      return answer.promise
    },
    async close() {
      await worker?.terminate()
    },
  }
}

/** The data that a thread is started with to serve measuring. */
export const measuringRole = 'measuring'
