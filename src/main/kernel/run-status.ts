/** How a run goes on or ended; `blocked` by a gate, a check or a guard. */
export const runStatuses = ['running', 'published', 'blocked', 'failed', 'cancelled'] as const

export type RunStatus = (typeof runStatuses)[number]
