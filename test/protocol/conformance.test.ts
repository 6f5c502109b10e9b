import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/main/kernel/app-error.ts'
import { createTransport } from '../../src/main/protocol/create-transport.ts'
import type { Endpoint } from '../../src/main/protocol/endpoint.ts'
import { topic } from '#protocol/method'
import { z } from 'zod'
import { openDirect, openElectron, openProcess, openWeb } from './open-endpoints.ts'
import { counted, sampleMethods } from './sample-feature.ts'

const ways: Readonly<Record<string, (lines: string[]) => Promise<Endpoint & AsyncDisposable>>> = {
  direct: openDirect,
  process: openProcess,
  'HTTP and WebSocket': openWeb,
  'Electron IPC': openElectron,
}

describe.each(Object.entries(ways))('over %s', (name, open) => {
  async function opened(lines: string[] = []) {
    const endpoint = await open(lines)
    return {
      endpoint,
      transport: createTransport(endpoint),
      [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
    }
  }

  test('results come back as they were given', async () => {
    await using way = await opened()
    const value = {
      text: 'ÄÖ 漢字 🦊 \u0000 \u2028 "quoted"',
      numbers: [0, -1.5, 1e21, 9007199254740991],
      none: null,
      deep: [{ a: [[]] }],
    }
    expect(await way.transport.call(sampleMethods.echo, { value })).toEqual({ value })
    expect(await way.transport.call(sampleMethods.add, { numbers: [1, 2, 3] })).toEqual({ sum: 6, note: 'none' })
  })

  test('an AppError keeps all of its fields', async () => {
    await using way = await opened()
    const error = await way.transport.call(sampleMethods.refuse, {}).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'MODEL_FAILED',
      message: 'The model cannot be built.',
      place: { file: 'models/marts/a.sql', line: 3, column: 7, field: 'amount', table: 'a' },
      saved: 'Nothing was published.',
      hint: 'Correct line 3.',
    })
  })

  test('a bug is told calmly, and its own words stay in the log', async () => {
    const lines: string[] = []
    await using way = await opened(lines)
    const error = await way.transport.call(sampleMethods.crash, {}).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'INTERNAL' })
    expect(String(error)).not.toContain('secret internals')
    if (name !== 'process') expect(lines.join('\n')).toMatch(/^error sample\.crash: TypeError: secret internals\n +at /)
  })

  test('a method that is not there is named', async () => {
    await using way = await opened()
    for (const method of ['sample.nothing', '__proto__', 'constructor', '']) {
      const answer = await way.endpoint.call(method, {})
      expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
      expect(JSON.stringify(answer)).toContain(JSON.stringify(JSON.stringify(method)).slice(1, -1))
    }
  })

  test.each([
    ['a missing field', {}, 'numbers'],
    ['a wrong element', { numbers: [1, 'two'] }, 'numbers.1'],
    ['a wrong type', { numbers: 1 }, 'numbers'],
    ['a wrong optional field', { numbers: [], note: 7 }, 'note'],
  ])('%s is refused by name', async (_case, input, field) => {
    await using way = await opened()
    const answer = await way.endpoint.call('sample.add', input)
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'INPUT_INVALID', place: { field }, saved: 'Nothing was changed.' },
    })
    expect(JSON.stringify(answer)).toContain(`sample.add was asked wrongly: ${field}: `)
  })

  test.each([[undefined], [null], ['text'], [[]]])('%j is no input', async (input) => {
    await using way = await opened()
    expect(await way.endpoint.call('sample.add', input)).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
  })

  test('large questions and answers pass whole', async () => {
    await using way = await opened()
    const value = 'é"\\\n🦊'.repeat(500_000)
    const echoed = await way.transport.call(sampleMethods.echo, { value })
    expect(echoed.value === value).toBe(true)
  })

  test('calls that go on at the same time do not wait for each other, and get their own answers', async () => {
    await using way = await opened()
    let isReleased = false
    const held = way.transport.call(sampleMethods.hold, {}).then((text) => {
      expect(isReleased).toBe(true)
      return text
    })
    const sums = Array.from({ length: 200 }, async (_, number) => {
      expect((await way.transport.call(sampleMethods.add, { numbers: [number, 1] })).sum).toBe(number + 1)
    })
    await Promise.all(sums)
    isReleased = true
    await way.transport.call(sampleMethods.release, {})
    expect(await held).toBe('released')
  })

  test('events come in order to all who listen, and to nobody who stopped', async () => {
    await using way = await opened()
    const first: number[] = []
    const second: number[] = []
    const others: unknown[] = []
    const stopFirst = way.transport.subscribe(counted, ({ number }) => first.push(number))
    way.transport.subscribe(counted, ({ number }) => second.push(number))
    way.transport.subscribe(topic('sample.other', z.unknown()), (payload) => others.push(payload))
    await way.transport.call(sampleMethods.count, { to: 3 })
    await expect
      .poll(() => [first, second])
      .toEqual([
        [1, 2, 3],
        [1, 2, 3],
      ])
    stopFirst()
    await way.transport.call(sampleMethods.count, { to: 1 })
    await expect.poll(() => second).toEqual([1, 2, 3, 1])
    expect(first).toEqual([1, 2, 3])
    expect(others).toEqual([])
  })
})
