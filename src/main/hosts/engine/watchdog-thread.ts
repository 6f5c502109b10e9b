import { workerData } from 'node:worker_threads'
import { isAlive } from './is-alive.ts'

const pollMilliseconds = 50
const pids = workerData as readonly number[]
const parent = process.ppid
// A parent that dies hands its children over at once, also where its own end is not seen yet.
const watchesParent = pids.includes(parent)

setInterval(() => {
  if (!pids.every(isAlive) || (watchesParent && process.ppid !== parent)) process.kill(process.pid, 'SIGKILL')
}, pollMilliseconds)
