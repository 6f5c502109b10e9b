import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { forkNode } from '../../../src/main/hosts/engine/fork-node-process.ts'
import type { ForkedProcess } from '../../../src/main/hosts/engine/forked-process.ts'
import { forkByParent, relayJobs } from '../../../src/main/hosts/engine/job-relay.ts'
import type { ParentPort } from '../../../src/main/hosts/engine/parent-channel.ts'

/** The two ends of Electron's port between a main process and its engine, with real processes behind it. */
function createRelay() {
  const toMain = new EventEmitter()
  const toEngine = new EventEmitter()
  const engineGone = new EventEmitter()
  const forked: ForkedProcess[] = []
  relayJobs(
    {
      post: (message) => queueMicrotask(() => toEngine.emit('message', { data: structuredClone(message) })),
      onMessage: (listener) => void toMain.on('message', listener),
      onClose: (listener) => void engineGone.once('gone', listener),
    },
    () => {
      const child = forkNode(new URL('./echo-child.ts', import.meta.url))
      forked.push(child)
      return child
    },
  )
  const port: ParentPort = {
    postMessage: (message) => queueMicrotask(() => toMain.emit('message', structuredClone(message))),
    on: (event, listener) => toEngine.on(event, listener),
    off: (event, listener) => toEngine.off(event, listener),
  }
  return { fork: forkByParent(port), toMain, toEngine, loseEngine: () => engineGone.emit('gone'), forked }
}

test('an engine that cannot start processes starts its jobs through its parent, each with its own messages', async () => {
  const { fork, toMain, toEngine } = createRelay()
  const heard: string[] = []
  const jobs = [fork('job'), fork('job')]
  for (const [number, job] of jobs.entries()) {
    job.onMessage((text) => heard.push(`${number}: ${text}`))
    job.send(`hello ${number}`)
  }
  // The same port carries the texts of the protocol, which are none of the relay's.
  toMain.emit('message', '{"id":1}')
  toEngine.emit('message', { data: '{"id":1}' })
  await expect.poll(() => heard.toSorted()).toEqual(['0: hello 0', '1: hello 1'])
  const closed = jobs.map(
    (job) =>
      new Promise<void>((resolve) => {
        job.onClose(resolve)
      }),
  )
  for (const job of jobs) job.kill()
  await Promise.all(closed)
  expect(toEngine.listenerCount('message')).toBe(0)
})

test('a job that dies is told of', async () => {
  const { fork, forked } = createRelay()
  const job = fork('job')
  const closed = new Promise<void>((resolve) => {
    job.onClose(resolve)
  })
  job.send('hello')
  await new Promise<void>((resolve) => void job.onMessage(() => resolve()))
  forked[0]?.kill()
  await expect(closed).resolves.toBeUndefined()
})

test('jobs end with their engine', async () => {
  const { fork, forked, loseEngine } = createRelay()
  const job = fork('job')
  job.send('hello')
  await new Promise<void>((resolve) => void job.onMessage(() => resolve()))
  const closed = new Promise<void>((resolve) => {
    forked[0]?.onClose(resolve)
  })
  loseEngine()
  await expect(closed).resolves.toBeUndefined()
})
