import { Worker } from 'node:worker_threads'
import { AppError, errorFromReport, type ErrorReport } from '../../kernel/app-error.ts'

/** A temporary table of this thread's connection that SQL reads, to be made by the other one too. */
export interface TemporaryTable {
  readonly name: string
  /** The statement that makes it. */
  readonly create: string
  readonly rows: readonly (readonly unknown[])[]
}

/** Rows to be computed from committed tables of the workspace and from temporary ones. */
export interface ComputingTask {
  readonly databasePath: string
  /** The database file that they are written to, which the SQL knows as `computed`. */
  readonly targetPath: string
  readonly tables: readonly TemporaryTable[]
  readonly sql: string
}

/** Tasks that the thread does one after the other, but for those that this one claims before it comes to them. */
export interface ComputingMessage {
  readonly tasks: readonly ComputingTask[]
  /** A place for each task: 0 until one of both claims it. */
  readonly claims: Int32Array
}

export type ComputingAnswer = { readonly task: number } & (
  { readonly seconds: number } | { readonly error: ErrorReport }
)

/** A thread that computes rows of models while this one does other work. */
export interface ComputingThread {
  /** Hands over tasks; the last ones must have been answered, or claimed. */
  begin(tasks: readonly ComputingTask[]): ComputingClaims
  close(): Promise<void>
}

export interface ComputingClaims {
  /** Whether this thread may do a task, which the other one then leaves; false where that has begun with it. */
  claim(task: number): boolean
  /** The seconds that a task took there, once it is done; to be asked for those that are not claimed here. */
  secondsOf(task: number): Promise<number>
}

/** Claims a task for the thread that asks; false where it is claimed. */
export function claimTask(claims: Int32Array, task: number): boolean {
  return Atomics.compareExchange(claims, task, 0, 1) === 0
}

/** Opens a thread that starts with its first task, and anew where it stopped; `entry` is the module whose threads serve `computingRole`. */
export function openComputingThread(entry: URL): ComputingThread {
  let worker: Worker | null = null
  let waiting: readonly PromiseWithResolvers<number>[] = []

  function startWorker(): Worker {
    const started = new Worker(entry, { workerData: computingRole, resourceLimits: { maxYoungGenerationSizeMb: 16 } })
    started.on('message', (answer: ComputingAnswer) => {
      const asked = waiting[answer.task]
      if ('seconds' in answer) asked?.resolve(answer.seconds)
      else asked?.reject(errorFromReport(answer.error))
    })
    started.on('error', (cause) => {
      // Nobody answers the next tasks there.
      worker = null
      const stopped = new AppError('INTERNAL', 'The computing thread stopped unexpectedly.', { cause })
      for (const asked of waiting) asked.reject(stopped)
    })
    return started
  }

  return {
    begin(tasks) {
      worker ??= startWorker()
      waiting = tasks.map(() => Promise.withResolvers<number>())
      const claims = new Int32Array(new SharedArrayBuffer(tasks.length * Int32Array.BYTES_PER_ELEMENT))
      worker.postMessage({ tasks, claims } satisfies ComputingMessage)
      const asked = waiting
      // Each is heard, also where nobody asks for it.
      for (const { promise } of asked) promise.catch(() => {})
      return {
        claim: (task) => claimTask(claims, task),
        secondsOf: (task) => asked[task]?.promise ?? Promise.reject(new RangeError(`There is no task ${task}.`)),
      }
    },
    async close() {
      await worker?.terminate()
    },
  }
}

/** The data that a thread is started with to serve computing. */
export const computingRole = 'computing'
