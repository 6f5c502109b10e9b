import { Worker } from 'node:worker_threads'
import { entryUrl } from './entry-url.ts'

/**
 * Kills this process as soon as one of `pids` is gone. A thread of its own looks, so that it works in the middle of a long SQL
 * statement too.
 */
export function watchProcesses(pids: readonly number[]): void {
  new Worker(entryUrl('watchdog-thread'), { workerData: pids, execArgv: [] }).unref()
}

/**
 * Lets this process end when the one that forked it is gone, and not before: a Ctrl-C in the terminal reaches every process there, but
 * what comes of it is for the host to decide. Electron ends its utility processes with itself.
 */
export function followParent(): void {
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
  const parent = Number(process.argv[2])
  if (parent > 0) watchProcesses([parent])
}
