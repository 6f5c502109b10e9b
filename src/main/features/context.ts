import type { Workbench } from '../pipeline/run/open-workbench.ts'
import type { RunProgress } from '../pipeline/run/run-progress.ts'
import type { RunRequest } from '../pipeline/run/run-request.ts'

/** Runs, each in a process of its own that may be killed at any moment. */
export interface RunJobs {
  /** Resolves when the run has its number; rejects with the reason when it cannot start. */
  start(request: RunRequest): Promise<{ readonly run_id: number }>
  /** Whether a run that was started here has not ended yet. */
  isGoingOn(runId: number): boolean
  /** Kills the run; resolves when its end is recorded. */
  cancel(runId: number): Promise<void>
  current(): RunProgress | null
}

/** What this host can do beyond the engine. */
export interface HostFacts {
  readonly kind: 'desktop' | 'web' | 'cli'
  readonly has_folder_dialog: boolean
}

/** All that the handlers of the features work with. */
export interface EngineContext {
  readonly workbench: Workbench
  readonly jobs: RunJobs
  readonly host: HostFacts
  /** Tells all who listen that something changed that a screen may show. */
  announce(reason: string): void
}
