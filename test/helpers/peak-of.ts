import { execFileSync } from 'node:child_process'

/** The number that a script prints in a process of its own: its peak of memory. It compiles everything each time, so that all begin alike. */
export function peakOf(script: string, ...args: readonly string[]): number {
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' }
  return Number(execFileSync(process.execPath, [script, ...args], { encoding: 'utf8', env }))
}
