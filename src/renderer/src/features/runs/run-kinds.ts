import type { RunSummary } from '#features/runs'

/** What runs are asked for, as people read it. */
export const runKinds = {
  feeds: 'Feeds',
  replay: 'Replay',
  preview: 'Preview of a replay',
  rerun: 'Rerun',
  backfill: 'Backfill',
  full_refresh: 'Full refresh',
} as const satisfies Record<RunSummary['purpose'], string>
