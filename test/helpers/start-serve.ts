import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface ServeOptions {
  /** The built-in benefits project when not given. */
  readonly projectFolder?: string
}

export interface RunningServe {
  /** The printed address, token included. */
  readonly url: string
  stop(): Promise<void>
}

const root = resolve(import.meta.dirname, '../..')

/** Starts `assay serve` on any free port, as a person would, and waits for the line with its address. */
export async function startServe(workspaceFolder: string, { projectFolder }: ServeOptions = {}): Promise<RunningServe> {
  const project = projectFolder === undefined ? [] : ['--project', projectFolder]
  const command = ['bin/assay.mjs', 'serve', '--port', '0', '--workspace', workspaceFolder, ...project]
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  return { url: await readAddress(child), stop: () => stop(child) }
}

function readAddress(child: ChildProcess): Promise<string> {
  const { promise, resolve: found, reject } = Promise.withResolvers<string>()
  const said: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line)
      const address = /^Assay is at (http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)$/.exec(line)?.[1]
      if (address) found(address)
    })
  }
  child.once('error', reject)
  child.once('exit', (code, signal) => {
    reject(new Error(`assay serve ended (${signal ?? code}) before it gave its address:\n${said.join('\n')}`))
  })
  return promise
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  const impatience = setTimeout(() => child.kill('SIGKILL'), 60_000)
  child.kill('SIGTERM')
  await gone
  clearTimeout(impatience)
}
