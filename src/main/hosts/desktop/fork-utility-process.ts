import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import { entryUrl } from '../engine/entry-url.ts'
import type { ForkProcess } from '../engine/forked-process.ts'
import { relayJobs } from '../engine/job-relay.ts'

/** Starts one of Assay's processes by Electron, which cannot run as Node once it is packed; an engine's jobs are started for it. */
export const forkUtilityProcess: ForkProcess = (entry) => {
  const child = utilityProcess.fork(fileURLToPath(entryUrl(entry)), [], { serviceName: `Assay ${entry}` })
  const onClose = (listener: () => void) => void child.once('exit', listener)
  if (entry === 'engine') {
    const port = {
      post: (message: unknown) => child.postMessage(message),
      onMessage: (listener: (message: unknown) => void) => void child.on('message', listener),
      onClose,
    }
    relayJobs(port, forkUtilityProcess)
  }
  return {
    send: (text) => child.postMessage(text),
    onMessage(listener) {
      const own = (message: unknown) => {
        if (typeof message === 'string') listener(message)
      }
      child.on('message', own)
      return () => void child.off('message', own)
    },
    onClose,
    // Its own kill() asks politely, and a process inside a long SQL statement would not hear it.
    kill() {
      const { pid } = child
      if (pid === undefined) child.once('spawn', () => process.kill(Number(child.pid), 'SIGKILL'))
      else process.kill(pid, 'SIGKILL')
    },
  }
}
