import { AppError, type ErrorReport } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import type { WrittenExport } from '../export/write-export.ts'
import type { ComparisonQuestion, ComparisonSummary, ComparisonTask, Difference } from './comparison-task.ts'
import { startComparisonThread, type ComparisonThread } from './comparison-thread.ts'

/** How a comparison stands. */
export interface ComparisonStanding {
  readonly state: 'running' | 'done' | 'failed'
  readonly shareDone: number
  readonly seconds: number
  readonly task: ComparisonTask
  readonly summary: ComparisonSummary | null
  readonly error: ErrorReport | null
}

type Page = Extract<ComparisonQuestion, { kind: 'page' }>
type Write = Extract<ComparisonQuestion, { kind: 'write' }>

/** The last few comparisons, each with a thread of its own. */
export interface Comparisons {
  /** Starts the comparison of this name, or finds it; `plan` makes its task, once more where the workspace changed meanwhile. */
  start(id: string, plan: () => ComparisonTask): void
  has(id: string): boolean
  standing(id: string): ComparisonStanding
  /** Resolves when the comparison is done; rejects where it fails. */
  done(id: string): Promise<ComparisonSummary>
  page(id: string, page: Omit<Page, 'kind'>): Promise<readonly Difference[]>
  write(id: string, write: Omit<Write, 'kind'>): Promise<WrittenExport>
  cancel(id: string): void
  close(): void
}

interface Kept {
  task: ComparisonTask
  thread: ComparisonThread
  readonly startedAt: number
  seconds: number | null
  summary: ComparisonSummary | null
  error: ErrorReport | null
  isEnded: boolean
  readonly done: PromiseWithResolvers<ComparisonSummary>
}

const mostKept = 4
const mostAttempts = 20

/** Keeps comparisons; `entry` is the module of their threads. */
export function createComparisons(entry: URL): Comparisons {
  const kept = new Map<string, Kept>()

  function found(id: string): Kept {
    const one = kept.get(id)
    if (one === undefined)
      throw new AppError('NOT_FOUND', `There is no comparison ${id}.`, {
        hint: `Start it again: only the last ${mostKept} are kept.`,
      })
    // The least recently used one goes first.
    kept.delete(id)
    kept.set(id, one)
    return one
  }
  function end(id: string, one: Kept): void {
    kept.delete(id)
    one.isEnded = true
    one.done.reject(new AppError('CANCELLED', 'The comparison was ended.', { hint: 'Start it again.' }))
    one.thread.end()
  }
  async function ask(id: string, question: ComparisonQuestion): Promise<unknown> {
    const one = found(id)
    await one.done.promise
    return one.thread.ask(question)
  }

  return {
    start(id, plan) {
      const known = kept.get(id)
      if (known !== undefined && known.error === null) return void found(id)
      if (known !== undefined) end(id, known)
      const task = plan()
      const one: Kept = {
        task,
        thread: startComparisonThread(entry, task),
        startedAt: performance.now(),
        seconds: null,
        summary: null,
        error: null,
        isEnded: false,
        done: Promise.withResolvers(),
      }
      one.done.promise.catch(() => undefined)
      kept.set(id, one)
      for (const [oldest, other] of kept) if (kept.size > mostKept) end(oldest, other)
      void follow(entry, one, plan)
    },
    has: (id) => kept.has(id),
    standing(id) {
      const one = found(id)
      const { task, summary, error } = one
      const state = error !== null ? 'failed' : summary !== null ? 'done' : 'running'
      const seconds = one.seconds ?? (performance.now() - one.startedAt) / 1000
      return { state, shareDone: one.thread.shareDone(), seconds, task, summary, error }
    },
    done: (id) => found(id).done.promise,
    page: (id, page) => ask(id, { kind: 'page', ...page }) as Promise<readonly Difference[]>,
    write: (id, write) => ask(id, { kind: 'write', ...write }) as Promise<WrittenExport>,
    cancel: (id) => end(id, found(id)),
    close() {
      for (const [id, one] of kept) end(id, one)
    },
  }
}

/** Waits for the thread of a comparison; where the workspace was written to before it began to read, it begins with a new task. */
async function follow(entry: URL, one: Kept, plan: () => ComparisonTask): Promise<void> {
  try {
    for (let attempt = 1; ; attempt += 1) {
      const summary = await one.thread.done
      if (summary !== null) {
        one.summary = summary
        one.done.resolve(summary)
        break
      }
      one.thread.end()
      if (one.isEnded) return
      if (attempt === mostAttempts)
        throw new AppError('WORKSPACE_LOCKED', 'A run writes to the workspace faster than the runs can be compared.', {
          hint: 'Wait until it has ended, then compare again.',
        })
      one.task = plan()
      one.thread = startComparisonThread(entry, one.task)
    }
  } catch (error) {
    one.error = reportError(error)
    one.done.reject(error instanceof Error ? error : new Error(String(error)))
  } finally {
    one.seconds = (performance.now() - one.startedAt) / 1000
  }
}
