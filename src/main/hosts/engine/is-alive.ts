import { readFileSync } from 'node:fs'

/** Whether a process runs. One that was killed and that its parent has not yet asked about still has its number, but is dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return process.platform !== 'linux' || !isZombie(pid)
}

function isZombie(pid: number): boolean {
  try {
    // 4321 (name, which may hold anything) Z 1234 …
    return /\) [ZX] \d+ [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // It ended between the two questions, or this system hides its processes from each other.
    return false
  }
}
