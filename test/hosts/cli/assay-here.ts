import { vi } from 'vitest'
import { runCommandLine } from '../../../src/main/hosts/cli/run-command-line.ts'
import type { Ended } from './assay.ts'

vi.mock('../../../src/main/hosts/engine/fork-node-process.ts', async () => {
  const { forkJobHere } = await import('./job-here.ts')
  return { forkNodeProcess: forkJobHere }
})

let previous: Promise<unknown> = Promise.resolve()

/**
 * Does what the command line does, runs included, in the process of the test: starting a process takes longer than most commands. Each
 * group of commands has a test with the real process as well, by `assay`.
 */
export function assayHere(args: readonly string[]): Promise<Ended> {
  // Output and exit code belong to the whole process, so one command waits for the other.
  const ended = previous.then(() => runHere(args))
  previous = ended.catch(() => undefined)
  return ended
}

async function runHere(args: readonly string[]): Promise<Ended> {
  const before = process.exitCode
  const stdout = capture(process.stdout)
  const stderr = capture(process.stderr)
  const dropListeners = rememberListeners()
  process.exitCode = undefined
  try {
    await runCommandLine(args)
    return { code: exitCode(), stdout: stdout.text(), stderr: stderr.text() }
  } finally {
    process.exitCode = before
    dropListeners()
    stderr.stop()
    stdout.stop()
  }
}

function exitCode(): number {
  return Number(process.exitCode ?? 0)
}

/** Keeps what is written to a stream from it, until `stop` is called. */
function capture(stream: NodeJS.WriteStream): { text(): string; stop(): void } {
  const chunks: string[] = []
  const { write } = stream
  stream.write = (chunk: Uint8Array | string) => chunks.push(chunk.toString()) > 0
  return {
    text: () => chunks.join(''),
    stop() {
      stream.write = write
    },
  }
}

/** The returned function removes the listeners that a command has added, which ends with its process elsewhere. */
function rememberListeners(): () => void {
  const events = ['uncaughtException', 'SIGINT', 'SIGTERM', 'SIGHUP']
  const before = events.map((event) => ({ event, listeners: process.rawListeners(event) }))
  return () => {
    for (const { event, listeners } of before) {
      process.removeAllListeners(event)
      for (const listener of listeners) process.on(event, listener as () => void)
    }
  }
}
