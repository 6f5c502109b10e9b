import { create } from 'zustand'

interface WorkspaceVersion {
  readonly version: number
  /** Makes every open screen read again. */
  bump(): void
}

/** Grows with every change in the workspace; queries read again when it does. */
export const useWorkspaceVersion = create<WorkspaceVersion>((set) => ({
  version: 0,
  bump: () => set((state) => ({ version: state.version + 1 })),
}))
