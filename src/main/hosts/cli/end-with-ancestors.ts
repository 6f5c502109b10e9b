import { readFileSync } from 'node:fs'
import { watchProcesses } from '../engine/watchdog.ts'

/**
 * Lets this process end, whatever it is doing, when one of those that started it for the person is killed: the older Node that handed
 * over to this one, npm, and the shell between them. Nothing else is watched: a closed terminal does not end a run that was sent to
 * the background on purpose.
 */
export function endWithAncestors(): void {
  const wrapper = process.env['ASSAY_PARENT']
  // Only this process is meant, not what it starts.
  delete process.env['ASSAY_PARENT']
  if (wrapper !== undefined && Number(wrapper) !== process.ppid) process.exit(1)
  const pids = [
    ...(wrapper === undefined ? [] : [process.ppid]),
    ...(process.env['npm_lifecycle_event'] === undefined
      ? []
      : npmAbove(wrapper === undefined ? process.ppid : parentOf(process.ppid))),
  ]
  if (pids.length > 0) watchProcesses(pids)
}

/** npm, and the shell that it runs its scripts in where that is still there. */
function npmAbove(pid: number | null): readonly number[] {
  if (pid === null) return []
  const parent = /^(ba|da|z|k)?sh$/.test(statusOf(pid)?.name ?? '') ? parentOf(pid) : null
  return parent === null ? [pid] : [pid, parent]
}

function parentOf(pid: number): number | null {
  return statusOf(pid)?.parent ?? null
}

/** Name and parent of a process; null where the system does not tell (only Linux does, in a file). */
function statusOf(pid: number): { name: string; parent: number } | null {
  try {
    // 4321 (name, which may hold anything) S 1234 …
    const [, name = '', parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return { name, parent: Number(parent) }
  } catch {
    return null
  }
}
