import { Worker } from 'node:worker_threads'
import { AppError, errorFromReport, type ErrorReport } from '../../kernel/app-error.ts'
import type { MeasuredRelation, MeteredColumn } from './measure-relation.ts'

/** What is measured: rows of a relation in SQL, which must read committed tables alone. Plain data. */
export interface MeasuringTask {
  readonly databasePath: string
  readonly relation: string
  readonly columns: readonly MeteredColumn[]
  readonly company: string | null
}

export type MeasuringAnswer = { readonly measured: MeasuredRelation } | { readonly error: ErrorReport }

/** A thread that measures large relations while this one builds models; it starts with the first task. */
export interface MeasuringThread {
  measure(task: MeasuringTask): Promise<MeasuredRelation>
  close(): Promise<void>
}

/** `entry` is the module whose threads serve `measuringRole`. */
export function openMeasuringThread(entry: URL): MeasuringThread {
  let worker: Worker | null = null
  const waiting: PromiseWithResolvers<MeasuredRelation>[] = []

  function start(): Worker {
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
    measure(task) {
      worker ??= start()
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
