import { fork } from 'node:child_process'
import { entryUrl } from './entry-url.ts'
import type { ForkedProcess, ForkProcess } from './forked-process.ts'

/** A Ctrl-C reaches a process and those that it forked in any order; so long is waited for the one, after the other has died of it. */
const signalMilliseconds = 100

/** Starts one of Assay's processes by Node. */
export const forkNodeProcess: ForkProcess = (entry) => forkNode(entryUrl(entry))

/** Starts a module as a process. Whatever it prints goes to stderr: stdout belongs to the results of the command line. */
export function forkNode(module: URL): ForkedProcess {
  const child = fork(module, [String(process.pid)], {
    stdio: ['ignore', 2, 2, 'ipc'],
    serialization: 'advanced',
    execArgv: [],
  })
  // Both: what it said last may arrive after its exit was noticed.
  const ended = Promise.all([
    new Promise<void>((resolve) => void child.once('disconnect', resolve)),
    new Promise<void>((resolve) => {
      child.once('exit', (_code, signal) => {
        if (signal === null || signal === 'SIGKILL') resolve()
        else setTimeout(resolve, signalMilliseconds)
      })
    }),
  ])
  const failed = new Promise<void>((resolve) => void child.once('error', () => resolve()))
  const closed = Promise.race([ended, failed])
  return {
    send(text) {
      // The error is that the process ended in the meantime, which `onClose` tells.
      if (child.connected) child.send(text, () => undefined)
    },
    onMessage(listener) {
      const own = (message: unknown) => listener(String(message))
      child.on('message', own)
      return () => void child.off('message', own)
    },
    onClose: (listener) => void closed.then(() => listener()),
    kill: () => void child.kill('SIGKILL'),
  }
}
