import { setImmediate as nextTurn } from 'node:timers/promises'

const cancelSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What bin/assay.mjs listens with from its first line on: it is there before this module is. */
const early = cancelSignals.map((signal) => ({ signal, listeners: process.listeners(signal) }))

/**
 * From now on a signal ends the process at once, as the system does: a handler would have to wait for the end of the SQL statement or
 * the file that the command is in the middle of.
 */
export async function leaveSignalsToSystem(): Promise<void> {
  // A signal that has come is told to its listeners in the next turn, and to nobody where they have gone by then.
  await nextTurn()
  dropEarly()
}

/** Has Ctrl-C and polite kills do `cancel`, until the returned function is called. */
export function onCancelSignal(cancel: () => void): () => void {
  let isCancelled = false
  const listener = () => {
    isCancelled = true
    cancel()
  }
  // Before those that are there go, so that a signal on its way finds one.
  for (const signal of cancelSignals) process.on(signal, listener)
  dropEarly()
  return () => {
    // One Ctrl-C may come several times: from the terminal, and passed on by what started this. The rest is to say how it ended.
    if (!isCancelled) for (const signal of cancelSignals) process.off(signal, listener)
  }
}

function dropEarly(): void {
  for (const { signal, listeners } of early) for (const listener of listeners) process.off(signal, listener)
}
