import { create } from 'zustand'

interface Connection {
  readonly isLost: boolean
  setLost(isLost: boolean): void
}

/** Whether the engine can be heard; a lost connection is told on every screen. */
export const useConnection = create<Connection>((set) => ({
  isLost: false,
  setLost: (isLost) => set({ isLost }),
}))
