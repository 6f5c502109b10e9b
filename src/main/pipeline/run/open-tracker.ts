import type { RunContext } from './run-context.ts'
import { trackProgress, type ProgressTracker } from './run-progress.ts'

/** Begins to track a run: all sources and models that it comes to wait. */
export function openTracker({ feeds, project, listener }: RunContext, runId: number): ProgressTracker {
  const tracker = trackProgress(runId, listener.progress)
  tracker.progress.sources = [...feeds.bySource].map(([name, files]) => ({
    name,
    state: 'waiting',
    bytes_read: 0,
    bytes_total: files.reduce((bytes, file) => bytes + file.bytes, 0),
    rows_read: 0,
    rows_quarantined: 0,
    seconds: null,
    started_at: null,
  }))
  tracker.progress.models = project.buildOrder
    .filter((name) => project.models.has(name))
    .map((name) => ({ name, state: 'waiting', rows: null, seconds: null, started_at: null }))
  return tracker
}
