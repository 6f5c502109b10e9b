import type { Connection } from '../../store/database.ts'
import type { Log } from '../../kernel/log.ts'
import type { Project } from '../project/project.ts'
import type { ReadingThread } from '../staging/reading-thread.ts'
import type { Rebuild } from './models/rebuild.ts'
import type { ResumedRun } from './resume/plan-resume.ts'
import type { ProgressTracker, RunProgress, RunStage } from './run-progress.ts'
import type { RunRequest } from './run-request.ts'
import type { Feeds } from './sources/find-feeds.ts'

export interface RunListener {
  /** The run has a number and is recorded; from here on it ends as published, blocked, failed or cancelled. */
  started(runId: number): void
  progress(progress: RunProgress): void
  log: Log
}

export interface RunOutcome {
  readonly run_id: number
  readonly status: 'published' | 'blocked' | 'cancelled'
}

/** A run that is asked for, in a workspace that is locked and clean. */
export interface RunContext {
  readonly connection: Connection
  readonly project: Project
  readonly feeds: Feeds
  readonly request: RunRequest
  /** What is built again although nothing of it changed. */
  readonly rebuild: Rebuild | null
  /** Days since 1970-01-01. */
  readonly asOf: number
  readonly listener: RunListener
  /** How far the run had come that is gone on with, already rewound to that; null for a new run. */
  readonly resumed: ResumedRun | null
  /** What is to be said of going on with a broken-off run; null where none was asked for. */
  readonly resumption: string | null
  /** The thread that reads the feeds; null where none are read. */
  readonly thread: ReadingThread | null
  /** The module of the threads of this process. */
  readonly threadEntry: URL
}

/** A run that has a number and is going on. */
export interface OpenRun extends RunContext {
  readonly runId: number
  readonly publishedRun: number
  readonly tracker: ProgressTracker
  /** Tells the listener and keeps it with the run. */
  readonly log: Log
}

/** Says that the run comes to a stage. */
export function enter({ tracker }: OpenRun, stage: RunStage): void {
  tracker.progress.stage = stage
  tracker.changed(true)
}
