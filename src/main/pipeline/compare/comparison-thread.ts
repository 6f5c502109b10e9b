import { Worker } from 'node:worker_threads'
import { AppError, errorFromReport } from '../../kernel/app-error.ts'
import type { ComparisonMessage, ComparisonQuestion, ComparisonSummary, ComparisonTask } from './comparison-task.ts'

/** A worker thread that compares, and then answers what is asked about it until it is ended. */
export interface ComparisonThread {
  /** Rejects where it fails; gives null where the workspace was written to since the task was made. */
  readonly done: Promise<ComparisonSummary | null>
  shareDone(): number
  ask(question: ComparisonQuestion): Promise<unknown>
  /** Ends it in the middle of whatever it does. */
  end(): void
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

/** Starts the thread of a comparison; `entry` is the module that calls `serveComparison`. */
export function startComparisonThread(entry: URL, task: ComparisonTask): ComparisonThread {
  const worker = new Worker(entry, { workerData: task, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 256 } })
  const done = Promise.withResolvers<ComparisonSummary | null>()
  const waiting = new Map<number, Waiting>()
  let asked = 0
  let share = 0
  // Whoever looks at how it stands sees that it failed, also where nobody waits for it.
  done.promise.catch(() => undefined)

  function settle(number: number): Waiting | undefined {
    const one = waiting.get(number)
    waiting.delete(number)
    if (waiting.size === 0) worker.unref()
    return one
  }
  function stop(error: Error): void {
    done.reject(error)
    for (const number of waiting.keys()) settle(number)?.reject(error)
  }

  worker.on('message', (message: ComparisonMessage) => {
    switch (message.kind) {
      case 'share':
        share = message.share
        return
      case 'done':
        share = 1
        // At rest it keeps no process alive.
        worker.unref()
        done.resolve(message.summary)
        return
      case 'stale':
        done.resolve(null)
        return
      case 'failed':
        done.reject(errorFromReport(message.error))
        return
      case 'answer':
        settle(message.number)?.resolve(message.answer)
        return
      case 'refusal':
        settle(message.number)?.reject(errorFromReport(message.error))
    }
  })
  worker.on('error', (cause) =>
    stop(new AppError('INTERNAL', 'The thread of a comparison stopped unexpectedly.', { cause })),
  )
  worker.on('exit', () => stop(new AppError('CANCELLED', 'The comparison was ended.', { hint: 'Start it again.' })))

  return {
    done: done.promise,
    shareDone: () => share,
    ask(question) {
      const answer = Promise.withResolvers<unknown>()
      asked += 1
      waiting.set(asked, answer)
      worker.ref()
      worker.postMessage({ number: asked, question })
      return answer.promise
    },
    end: () => void worker.terminate(),
  }
}
