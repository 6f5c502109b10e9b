import { create } from 'zustand'
import type { Transport } from '#protocol/transport'
import { runsMethods, type RunProgress } from '#features/runs'
import { workspaceChanged } from '#features/workspace'

interface RunProgressState {
  /** The run that is going on now; null when none is. */
  readonly progress: RunProgress | null
  /** The run that ended last while this window was open, until its message is dismissed. */
  readonly endedRun: number | null
  set(progress: RunProgress | null): void
  dismiss(): void
  /** Keeps up with the engine, also with runs that began before this window or elsewhere. */
  follow(engine: Transport): () => void
}

/** Where the job drawer and the runs screens see the run in progress. */
export const useRunProgress = create<RunProgressState>((set) => ({
  progress: null,
  endedRun: null,
  set: (next) =>
    set(({ progress, endedRun }) => {
      if (next?.status === 'running') return { progress: next, endedRun: null }
      return { progress: null, endedRun: next?.run_id ?? progress?.run_id ?? endedRun }
    }),
  dismiss: () => set({ endedRun: null }),
  follow: (engine) => {
    const ask = () => {
      // An engine that cannot answer is told of by the screens; here it only means that no run is known.
      engine.call(runsMethods.current, {}).then(useRunProgress.getState().set, () => set({ progress: null }))
    }
    ask()
    return engine.subscribe(workspaceChanged, ask)
  },
}))

/** How far the current stage has come, from 0 to 1; null where the stage cannot be measured. */
export function stageShare(progress: RunProgress): number | null {
  if (progress.stage === 'reading') {
    const total = progress.sources.reduce((sum, source) => sum + source.bytes_total, 0)
    const read = progress.sources.reduce((sum, source) => sum + source.bytes_read, 0)
    return total === 0 ? null : read / total
  }
  if (progress.stage === 'modelling') {
    const done = progress.models.filter(
      ({ state }) => state === 'done' || state === 'skipped' || state === 'resumed',
    ).length
    return progress.models.length === 0 ? null : done / progress.models.length
  }
  return null
}

const stageWords = {
  reading: 'Reading feeds',
  modelling: 'Building models',
  checking: 'Checking',
  publishing: 'Publishing',
  measuring: 'Published, measuring',
  exporting: 'Writing exports',
  done: 'Finishing',
} as const satisfies Record<RunProgress['stage'], string>

/** The current stage in words. */
export function stageWord(progress: RunProgress): string {
  return stageWords[progress.stage]
}
