import type { RunSummary } from '#features/runs'

/** The kinds of runs, as people read them. */
export const runKinds = {
  feeds: 'Feeds',
  replay: 'Replay',
  preview: 'Preview of a replay',
} as const satisfies Record<RunSummary['kind'], string>
