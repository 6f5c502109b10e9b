import { expect, test } from 'vitest'
import { relayPage, type MainMessages } from '../../src/main/hosts/desktop/relay-page.ts'
import { createBridge } from '../../src/main/protocol/bridge.ts'
import type { Answer } from '../../src/main/protocol/wire.ts'
import { createSampleService } from './sample-feature.ts'

type Handler = Parameters<MainMessages<string>['handle']>[1]

function relay(): Handler {
  let handler: Handler | undefined
  relayPage(
    { handle: (_channel, answer) => void (handler = answer) },
    (sender: string) => sender === 'our page',
    createSampleService(),
  )
  if (handler === undefined) throw new Error('the relay handles no calls')
  return handler
}

test('only our own page is answered', async () => {
  const handler = relay()
  expect(await handler('our page', 'sample.add', { numbers: [1] })).toMatchObject({ ok: true })
  expect(await handler('another page', 'sample.add', { numbers: [1] })).toMatchObject({
    ok: false,
    error: { code: 'PERMISSION' },
  })
})

test.each([[undefined], [null], [7], [{ toString: () => 'sample.add' }], [['sample.add']]])(
  '%j is no method',
  async (method) => {
    expect(await relay()('our page', method, {})).toMatchObject({
      ok: false,
      error: { code: 'INPUT_INVALID', place: { field: 'method' } },
    })
  },
)

test('dropped files go to the engine as their paths, wherever they are in the input', async () => {
  const asked: unknown[] = []
  const messages = {
    async invoke(_channel: string, _name: string, input: unknown): Promise<Answer> {
      asked.push(input)
      return { ok: true, output: null }
    },
    listen: () => () => undefined,
  }
  const bridge = createBridge(messages, (file) => `/feeds/${file.name}`)
  const claims = new File(['a'], 'claims.csv')
  await bridge.call('desktop.takeFiles', {
    paths: [claims, '/already/a.path'],
    more: { deep: [null, { file: claims }] },
    count: 1,
  })
  expect(asked).toEqual([
    {
      paths: ['/feeds/claims.csv', '/already/a.path'],
      more: { deep: [null, { file: '/feeds/claims.csv' }] },
      count: 1,
    },
  ])
})

test('a refusal reaches the page as plain data', async () => {
  const handler = relay()
  const bridge = createBridge(
    { invoke: (_channel, name, input) => handler('our page', name, input), listen: () => () => undefined },
    () => '',
  )
  const reason: unknown = await bridge.call('sample.refuse', {}).catch((error: unknown) => error)
  expect(reason).not.toBeInstanceOf(Error)
  expect(reason).toEqual(structuredClone(reason))
  expect(reason).toMatchObject({ code: 'MODEL_FAILED', saved: 'Nothing was published.' })
})
