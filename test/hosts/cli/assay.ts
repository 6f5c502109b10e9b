import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'

const root = resolve(import.meta.dirname, '../../..')

/** The command line as a person starts it. */
export const bin = resolve(root, 'bin/assay.mjs')

/** A Node on this machine that is too old for Assay, as a person's own often is. */
export const olderNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find((node) => existsSync(node) && Number(execFileSync(node, ['-p', 'process.versions.node.split(".")[0]'])) < 24)

export interface Ended {
  /** null when a signal ended it */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly child: ChildProcessWithoutNullStreams
  readonly ended: Promise<Ended>
}

/** Starts the real command line in a process of its own; `node` may be another version, `detached` gives it a process group of its own. */
export function start(args: readonly string[], { node = process.execPath, env = {}, detached = false } = {}): Started {
  const child = spawn(node, [bin, ...args], { cwd: root, env: { ...process.env, ...env }, detached })
  child.stdin.end()
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code], stdout, stderr]) => ({ code: code as number | null, stdout, stderr }),
  )
  return { child, ended }
}

/** Runs the real command line and waits for its end. */
export function assay(
  args: readonly string[],
  options: { node?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  return start(args, options).ended
}
