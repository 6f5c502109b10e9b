import type { Channel } from '../../protocol/channel.ts'

/** A process of our own, and the channel to it; the channel closes when the process has ended, however it did. */
export interface ForkedProcess extends Channel {
  /** Ends it at once, in the middle of whatever it does. */
  kill(): void
}

/** Starts one of Assay's processes; each host has its own way. */
export type ForkProcess = (entry: 'engine' | 'job') => ForkedProcess
