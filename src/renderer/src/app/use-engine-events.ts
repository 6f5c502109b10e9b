import { useEffect } from 'react'
import { runProgressed } from '#features/runs'
import { workspaceChanged } from '#features/workspace'
import { useRunProgress } from '../features/runs/run-progress-store.ts'
import { useEngine } from '../lib/engine.tsx'
import { useWorkspaceVersion } from '../lib/workspace-version.ts'

/** Listens to the engine for as long as the workbench is open. */
export function useEngineEvents(): void {
  const engine = useEngine()
  const follow = useRunProgress((state) => state.follow)
  useEffect(() => follow(engine), [engine, follow])
  useEffect(() => engine.subscribe(runProgressed, (progress) => useRunProgress.getState().set(progress)), [engine])
  useEffect(() => engine.subscribe(workspaceChanged, () => useWorkspaceVersion.getState().bump()), [engine])
}
