import { createListeners } from '../../protocol/create-listeners.ts'
import type { ForkedProcess, ForkProcess } from './forked-process.ts'
import type { ParentPort } from './parent-channel.ts'

// Electron's utility processes cannot start processes: the engine has the main process start its jobs and pass their messages on.

/** What an engine asks of the process that started it; `job` tells jobs apart. */
type RelayOrder =
  | { readonly order: 'fork'; readonly job: number }
  | { readonly order: 'send'; readonly job: number; readonly text: string }
  | { readonly order: 'kill'; readonly job: number }

/** What it hears back. */
type RelayNews =
  | { readonly news: 'message'; readonly job: number; readonly text: string }
  | { readonly news: 'closed'; readonly job: number }

/** The port to an engine process, as the main process holds it. */
export interface EnginePort {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
}

/** The engine's side: a way to start processes that has the parent do it. */
export function forkByParent(port: ParentPort): ForkProcess {
  let lastJob = 0
  return () => {
    const job = ++lastJob
    const order = (message: RelayOrder) => port.postMessage(message)
    const messages = createListeners<string>()
    const closing = createListeners<void>()
    const hear = ({ data }: { readonly data: unknown }) => {
      if (!isNews(data) || data.job !== job) return
      if (data.news === 'message') return messages.tell(data.text)
      port.off('message', hear)
      closing.tell()
    }
    port.on('message', hear)
    order({ order: 'fork', job })
    return {
      send: (text) => order({ order: 'send', job, text }),
      onMessage: messages.add,
      onClose: closing.add,
      kill: () => order({ order: 'kill', job }),
    }
  }
}

/** The main process's side: starts the jobs that an engine orders, and ends them with it. */
export function relayJobs(engine: EnginePort, fork: ForkProcess): void {
  const jobs = new Map<number, ForkedProcess>()
  const tell = (news: RelayNews) => engine.post(news)
  engine.onMessage((message) => {
    if (!isOrder(message)) return
    const { job } = message
    switch (message.order) {
      case 'fork': {
        const forked = fork('job')
        jobs.set(job, forked)
        forked.onMessage((text) => tell({ news: 'message', job, text }))
        forked.onClose(() => {
          jobs.delete(job)
          tell({ news: 'closed', job })
        })
        return
      }
      case 'send':
        jobs.get(job)?.send(message.text)
        return
      case 'kill':
        jobs.get(job)?.kill()
    }
  })
  engine.onClose(() => {
    for (const job of jobs.values()) job.kill()
  })
}

function isOrder(message: unknown): message is RelayOrder {
  return typeof message === 'object' && message !== null && 'order' in message
}

function isNews(message: unknown): message is RelayNews {
  return typeof message === 'object' && message !== null && 'news' in message
}
