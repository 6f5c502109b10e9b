import { setTimeout as sleep } from 'node:timers/promises'
import { workspaceChanged } from '#features/workspace'
import { AppError } from '../../kernel/app-error.ts'
import type { Log } from '../../kernel/log.ts'
import { reportError } from '../../kernel/report-error.ts'
import { connectChannel } from '../../protocol/connect-channel.ts'
import { createListeners } from '../../protocol/create-listeners.ts'
import { createTransport } from '../../protocol/create-transport.ts'
import type { Endpoint } from '../../protocol/endpoint.ts'
import type { Event } from '../../protocol/wire.ts'
import type { ForkedProcess, ForkProcess } from './forked-process.ts'
import { engineMethods, type OpenInput } from './open-method.ts'

/** An engine in a process of its own, started again whenever it dies. */
export interface Engine extends Endpoint {
  /** Ends the process; a run that it started ends with it. */
  stop(): void
}

/** How long to wait after an engine that could not be started again; twice as long each time, up to the longest. */
const firstPause = 1_000
const longestPause = 30_000

/** Starts an engine process on a workspace; rejects with the reason where the workspace or the project cannot be opened. */
export async function startEngine(input: OpenInput, fork: ForkProcess, log: Log): Promise<Engine> {
  const listeners = createListeners<Event>()
  let isStopped = false
  let child: ForkedProcess
  let current: Promise<Endpoint>

  async function open(): Promise<Endpoint> {
    child = fork('engine')
    const endpoint = connectChannel(child)
    try {
      await createTransport(endpoint).call(engineMethods.open, input)
    } catch (error) {
      child.kill()
      throw error
    }
    endpoint.listen(listeners.tell)
    child.onClose(() => {
      if (isStopped) return
      log('error', 'The engine process ended unexpectedly and is started again.')
      void reopen(firstPause)
    })
    return endpoint
  }

  /** What went on meanwhile was missed: whoever listens is told to look again. */
  async function reopen(pause: number): Promise<void> {
    if (isStopped) return
    current = open()
    try {
      await current
    } catch (error) {
      log('error', `The engine cannot be started again: ${error instanceof Error ? error.message : String(error)}`)
      await sleep(pause)
      return reopen(Math.min(pause * 2, longestPause))
    }
    listeners.tell({ topic: workspaceChanged.name, payload: { reason: 'the engine was started again' } })
  }

  current = open()
  await current
  return {
    async call(name, callInput) {
      try {
        return await (await current).call(name, callInput)
      } catch (error) {
        return { ok: false, error: reportError(error) }
      }
    },
    listen: listeners.add,
    stop() {
      isStopped = true
      child.kill()
      current = Promise.reject(new AppError('ENVIRONMENT', 'The engine was stopped.'))
      current.catch(() => undefined)
    },
  }
}
