import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { RunRequest } from '../../src/main/pipeline/run/run-request.ts'
import { benefits } from './feeds.ts'

/** A request to read feeds into a workspace, or another one like it. */
export function feedsRequest(
  folders: { readonly input: string; readonly workspace: string; readonly project?: string },
  others: Partial<RunRequest> = {},
): RunRequest {
  return {
    kind: 'feeds',
    projectFolder: folders.project ?? benefits,
    inputFolder: folders.input,
    workspaceFolder: folders.workspace,
    asOf: '2022-12-31',
    exportFolder: null,
    startedBy: 'test',
    records: null,
    ...others,
  }
}

/** What a process of its own came to that is killed, see below. */
type Ended = { readonly statements: number; readonly status: string } | null

/**
 * Does a run in a process of its own that kill -9 ends before its statement `killAt`; with null, or where it has no so many, it comes
 * to its end: then how many it had and how it ended is given, else null.
 */
export function runUntilKilled(request: RunRequest, killAt: number | null): Promise<Ended> {
  return workUntilKilled(request, killAt)
}

/** The same with giving readers run `to`. */
export function rollUntilKilled(
  site: { readonly project: string; readonly workspace: string },
  to: number,
  killAt: number | null,
): Promise<Ended> {
  return workUntilKilled({ projectFolder: site.project, workspaceFolder: site.workspace, to, by: 'roll' }, killAt)
}

/** The same with releasing run `to`. */
export function releaseUntilKilled(
  site: { readonly project: string; readonly workspace: string },
  to: number,
  killAt: number | null,
): Promise<Ended> {
  return workUntilKilled({ projectFolder: site.project, workspaceFolder: site.workspace, to, by: 'release' }, killAt)
}

function workUntilKilled(request: object, killAt: number | null): Promise<Ended> {
  const { promise, resolve, reject } = Promise.withResolvers<Ended>()
  const script = fileURLToPath(new URL('./killed-run-child.ts', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify({ request, killAt })])
  let out = ''
  let trouble = ''
  child.stdout.on('data', (text: Buffer) => (out += String(text)))
  child.stderr.on('data', (text: Buffer) => (trouble += String(text)))
  child.once('close', (code, signal) => {
    if (signal === 'SIGKILL') resolve(null)
    else if (code === 0) resolve(JSON.parse(out) as Ended)
    else reject(new Error(trouble))
  })
  return promise
}
