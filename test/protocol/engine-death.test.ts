import { expect, test } from 'vitest'
import type { ForkedProcess } from '../../src/main/hosts/engine/forked-process.ts'
import { createTransport } from '../../src/main/protocol/create-transport.ts'
import type { Event } from '../../src/main/protocol/wire.ts'
import { startSampleEngine } from './open-endpoints.ts'
import { counted, sampleMethods } from './sample-feature.ts'

test('when the engine dies, calls under way say so, listeners are told to look again, and the next call finds a new one', async () => {
  const lines: string[] = []
  const engine = await startSampleEngine(lines)
  try {
    const transport = createTransport(engine)
    const events: Event[] = []
    engine.listen((event) => events.push(event))
    const underWay = [transport.call(sampleMethods.hold, {}), transport.call(sampleMethods.die, {})]
    for (const outcome of await Promise.allSettled(underWay)) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: {
          code: 'ENVIRONMENT',
          message: 'The engine stopped before it answered.',
          hint: expect.stringContaining('started again') as string,
        },
      })
    }
    expect(await transport.call(sampleMethods.add, { numbers: [20, 22] })).toMatchObject({ sum: 42 })
    await expect
      .poll(() => events)
      .toEqual([{ topic: 'workspace.changed', payload: { reason: 'the engine was started again' } }])
    expect(lines).toEqual(['error The engine process ended unexpectedly and is started again.'])
    await transport.call(sampleMethods.count, { to: 1 })
    await expect.poll(() => events.at(-1)).toEqual({ topic: counted.name, payload: { number: 1 } })
  } finally {
    engine.stop()
  }
})

test('an engine survives dying again and again', async () => {
  const engine = await startSampleEngine()
  try {
    for (let death = 0; death < 5; death++) {
      expect(await engine.call('sample.die', {})).toMatchObject({ ok: false, error: { code: 'ENVIRONMENT' } })
      expect(await engine.call('sample.add', { numbers: [death] })).toMatchObject({ ok: true, output: { sum: death } })
    }
  } finally {
    engine.stop()
  }
})

test('a workspace that cannot be opened is the reason why no engine starts', async () => {
  await expect(startSampleEngine([], 'damaged')).rejects.toMatchObject({ code: 'WORKSPACE_DAMAGED' })
})

test('a stopped engine answers no more and is not started again', async () => {
  const lines: string[] = []
  const forked: ForkedProcess[] = []
  const engine = await startSampleEngine(lines, 'any', forked)
  const gone = new Promise<void>((resolve) => forked[0]?.onClose(resolve))
  engine.stop()
  expect(await engine.call('sample.add', { numbers: [1] })).toMatchObject({ ok: false, error: { code: 'ENVIRONMENT' } })
  await gone
  expect(lines).toEqual([])
  expect(forked).toHaveLength(1)
})
