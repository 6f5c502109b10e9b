import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { connectChannel } from '../../src/main/protocol/connect-channel.ts'
import type { Channel } from '../../src/main/protocol/channel.ts'
import { serveChannel } from '../../src/main/protocol/serve-channel.ts'
import { answer, call, decode, encode, maxMessageLength, reply, request } from '../../src/main/protocol/wire.ts'
import { createSampleService } from './sample-feature.ts'

/** Two ends of a channel within this process. */
function createPair(): [Channel, Channel] {
  const listeners = [new Set<(text: string) => void>(), new Set<(text: string) => void>()] as const
  const end = (own: Set<(text: string) => void>, other: Set<(text: string) => void>): Channel => ({
    send: (text) => queueMicrotask(() => other.forEach((listener) => listener(text))),
    onMessage: (listener) => {
      own.add(listener)
      return () => void own.delete(listener)
    },
    onClose: () => undefined,
  })
  return [end(listeners[0], listeners[1]), end(listeners[1], listeners[0])]
}

describe('messages', () => {
  test('any JSON survives the wire', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ unit: 'binary' }), fc.jsonValue(), (id, method, input) => {
        expect(decode(request, encode({ id, method, input }))).toEqual(
          JSON.parse(JSON.stringify({ id, method, input })),
        )
      }),
    )
  })

  test('anything that keeps no form of ours is refused, never half read', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        for (const schema of [request, reply, call, answer]) {
          const parsed = schema.safeParse(JSON.parse(text))
          if (parsed.success) expect(decode(schema, text)).toEqual(parsed.data)
          else expect(() => decode(schema, text)).toThrow(z.ZodError)
        }
      }),
    )
  })
})

describe('a message above the cap', () => {
  const tooLarge = 'x'.repeat(maxMessageLength)

  test('is refused before it is sent', async () => {
    const [client, server] = createPair()
    serveChannel(createSampleService(), server)
    const refused = await connectChannel(client).call('sample.echo', { value: tooLarge })
    expect(refused).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID', saved: 'Nothing was changed.' } })
  })

  test('is answered by why it does not come', async () => {
    const [client, server] = createPair()
    serveChannel(createSampleService(), server)
    const endpoint = connectChannel(client)
    const refused = await endpoint.call('sample.repeat', { text: 'x', times: maxMessageLength })
    expect(refused).toMatchObject({ ok: false, error: { message: expect.stringContaining('too large') as string } })
    expect(await endpoint.call('sample.add', { numbers: [1] })).toMatchObject({ ok: true })
  })
})
