import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CellEdit } from '../../src/main/features/quarantine/protocol.ts'
import type { RunRequest } from '../../src/main/pipeline/run/run-request.ts'
import { benefits, temporaryFolder } from './feeds.ts'

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

interface Site {
  readonly projectFolder: string
  readonly workspaceFolder: string
}

/** What a process of its own does. */
export type Task =
  | { readonly kind: 'run'; readonly request: RunRequest }
  | { readonly kind: 'roll' | 'release'; readonly site: Site; readonly to: number }
  /** Corrects all that is held back, and replays it. */
  | { readonly kind: 'fix'; readonly site: Site; readonly edit: CellEdit }

/** What the process is told. */
export interface Assignment {
  readonly task: Task
  /** The statement before which it is killed; null where it comes to its end. */
  readonly killAt: number | null
  /** The statements before which it copies its workspace, each time into a folder of `copies` with the number of the statement as its name. */
  readonly copyAt: readonly number[]
  readonly copies: string
}

/** What a process came to that was not killed: the statements are counted from 1. */
export interface Ended {
  readonly statements: number
  /** The statements that commit something. */
  readonly commits: readonly number[]
  /** The one of them that gives readers another run; -1 where none does. */
  readonly publishing: number
  readonly status: string
}

/**
 * Does a task in a process of its own that kill -9 ends before its statement `killAt`. With null, or where it has fewer statements,
 * it comes to its end: then what it had is given, else null.
 */
function workUntilKilled(task: Task, killAt: number | null): Promise<Ended | null> {
  return assign({ task, killAt, copyAt: [], copies: '' })
}

function assign(assignment: Assignment): Promise<Ended | null> {
  const { promise, resolve, reject } = Promise.withResolvers<Ended | null>()
  const script = fileURLToPath(new URL('./killed-run-child.ts', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify(assignment)])
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

/** Does a task to its end, and says what it had. */
export async function recordWork(task: Task): Promise<Ended> {
  const ended = await workUntilKilled(task, null)
  if (ended === null) throw new Error('nothing was to kill it')
  return ended
}

/** A workspace as kill -9 leaves it before a statement. */
export interface LeftBehind {
  readonly moment: number
  readonly workspace: string
  /** Whether it was after the commit that gives readers another run. */
  readonly isPublished: boolean
}

/**
 * Does a task to its end and gives a copy of its workspace for each of the given moments. What a process has written stays when it is
 * killed, and what it has not is lost: so each copy is what kill -9 leaves at that moment, without a process for each.
 */
export async function leaveBehind(task: Task, moments: readonly number[]): Promise<readonly LeftBehind[]> {
  const copies = temporaryFolder()
  const ended = await assign({ task, killAt: null, copyAt: moments, copies })
  if (ended === null) throw new Error('nothing was to kill it')
  return moments.map((moment) => ({
    moment,
    workspace: join(copies, String(moment)),
    isPublished: moment > ended.publishing,
  }))
}

/** The same as `workUntilKilled` with a run. */
export function runUntilKilled(request: RunRequest, killAt: number | null): Promise<Ended | null> {
  return workUntilKilled({ kind: 'run', request }, killAt)
}

/**
 * Up to `count` statements before which to kill: right before and right after the commits which matter most (the first one, the one
 * that publishes, and the last one), and in turn right before and right after others, spread over the whole work.
 */
export function momentsOf({ commits, publishing, statements }: Ended, count: number): readonly number[] {
  const [first = 1, last = statements] = [commits[0], commits.at(-1)]
  const fixed = [first, first + 1, publishing, publishing + 1, last].filter((moment) => moment > 0)
  const others = Math.max(count - new Set(fixed).size, 0)
  const spread = Array.from({ length: others }, (_, index) => {
    const commit = commits[Math.round(((index + 1) * (commits.length - 1)) / (others + 1))] ?? 1
    return commit + (index % 2)
  })
  return [...new Set([...fixed, ...spread])].filter((moment) => moment <= statements).toSorted((a, b) => a - b)
}
