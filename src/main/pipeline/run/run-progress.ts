import type { RunStatus } from '../../kernel/run-status.ts'

/** skipped: nothing of it changed; resumed: it was done already when the run was broken off. */
export type StepState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'resumed'
export type RunStage = 'reading' | 'modelling' | 'checking' | 'publishing' | 'measuring' | 'exporting' | 'done'

export interface SourceProgress {
  name: string
  state: StepState
  bytes_read: number
  bytes_total: number
  rows_read: number
  rows_quarantined: number
  /** Once it is staged. */
  seconds: number | null
  /** When it was begun; null while it waits. */
  started_at: string | null
}

export interface ModelProgress {
  name: string
  state: StepState
  rows: number | null
  seconds: number | null
  /** When it was begun; null while it waits. */
  started_at: string | null
  /** A model that is built for longer is stopped. */
  max_seconds?: number | undefined
  /** How many parts of a partitioned model were built, where not all of it was. */
  parts?: number
}

/** The whole state of a run that is going on. */
export interface RunProgress {
  run_id: number
  status: RunStatus
  stage: RunStage
  seconds: number
  rows_read: number
  rows_per_second: number
  seconds_left: number | null
  sources: SourceProgress[]
  models: ModelProgress[]
}

const sendEveryMilliseconds = 200
/** An estimate is shown once a run has read for this long: before, it would jump. */
const honestAfterSeconds = 2

/** Keeps the progress of a run and tells the listener, a few times a second at the most. */
export function trackProgress(runId: number, tell: (progress: RunProgress) => void) {
  const startedAt = performance.now()
  let toldAt = -Infinity
  const progress: RunProgress = {
    run_id: runId,
    status: 'running',
    stage: 'reading',
    seconds: 0,
    rows_read: 0,
    rows_per_second: 0,
    seconds_left: null,
    sources: [],
    models: [],
  }
  let readingSeconds = 0

  function update(): void {
    progress.seconds = (performance.now() - startedAt) / 1000
    if (progress.stage === 'reading') readingSeconds = progress.seconds
    progress.rows_read = progress.sources.reduce((rows, source) => rows + source.rows_read, 0)
    const now = progress.sources.filter(({ state }) => state !== 'resumed')
    const rows = now.reduce((sum, source) => sum + source.rows_read, 0)
    progress.rows_per_second = readingSeconds > 0 ? Math.round(rows / readingSeconds) : 0
    const read = now.reduce((bytes, source) => bytes + source.bytes_read, 0)
    const left = now.reduce((bytes, source) => bytes + source.bytes_total, 0) - read
    const isHonest = progress.stage === 'reading' && readingSeconds > honestAfterSeconds && read > 0
    progress.seconds_left = isHonest ? (left / read) * readingSeconds : null
  }

  return {
    progress,
    /** Tells the listener now when the change is one of state, or when it was last told long enough ago. */
    changed(isUrgent: boolean): void {
      if (!isUrgent && performance.now() - toldAt < sendEveryMilliseconds) return
      toldAt = performance.now()
      update()
      tell(structuredClone(progress))
    },
  }
}

export type ProgressTracker = ReturnType<typeof trackProgress>
