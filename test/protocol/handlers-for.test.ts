import { expect, test } from 'vitest'
import { z } from 'zod'
import { method, type HandlersFor } from '#protocol/method'
import { createService } from '../../src/main/protocol/create-service.ts'

const methods = {
  double: method('numbers.double', z.object({ number: z.int().default(1) }), z.object({ doubled: z.int() })),
  list: method('numbers.list', z.object({}), z.array(z.int())),
}

const double = ({ number }: { number: number }) => ({ doubled: number * 2 })
const list = () => [1, 2]

// What the compiler has to refuse; an error that does not come is an error here.
export const exhaustive: HandlersFor<typeof methods> = { double, list }
// @ts-expect-error: a method without a handler
export const missing: HandlersFor<typeof methods> = { double }
// @ts-expect-error: a handler without a method
export const surplus: HandlersFor<typeof methods> = { double, list, triple: double }
// @ts-expect-error: a handler that answers something else
export const wrongOutput: HandlersFor<typeof methods> = { double: () => ({ doubled: '2' }), list }
const measure = ({ text }: { text: string }) => ({ doubled: text.length })
// @ts-expect-error: a handler that asks for something else
export const wrongInput: HandlersFor<typeof methods> = { double: measure, list }

test('registered handlers get the parsed input, defaults filled in', async () => {
  const service = createService(() => undefined)
  service.register(methods, exhaustive)
  expect(await service.call('numbers.double', {})).toEqual({ ok: true, output: { doubled: 2 } })
  expect(await service.call('numbers.list', {})).toEqual({ ok: true, output: [1, 2] })
})

test('a name is registered once', () => {
  const service = createService(() => undefined)
  service.register(methods, exhaustive)
  expect(() => service.register(methods, exhaustive)).toThrow('numbers.double is registered twice')
})
