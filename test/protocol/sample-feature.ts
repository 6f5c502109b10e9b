import { z } from 'zod'
import { method, topic, type HandlersFor } from '#protocol/method'
import { AppError } from '../../src/main/kernel/app-error.ts'
import { createService, type Service } from '../../src/main/protocol/create-service.ts'

/** A feature that does what transports can get wrong. */
export const sampleMethods = {
  echo: method('sample.echo', z.object({ value: z.json() }), z.object({ value: z.json() })),
  add: method(
    'sample.add',
    z.object({ numbers: z.array(z.int()).max(3), note: z.string().default('none') }),
    z.object({ sum: z.int(), note: z.string() }),
  ),
  refuse: method('sample.refuse', z.object({}), z.null()),
  crash: method('sample.crash', z.object({}), z.null()),
  /** Is answered when `release` is called. */
  hold: method('sample.hold', z.object({}), z.string()),
  release: method('sample.release', z.object({}), z.null()),
  repeat: method('sample.repeat', z.object({ text: z.string(), times: z.int() }), z.string()),
  count: method('sample.count', z.object({ to: z.int() }), z.null()),
  die: method('sample.die', z.object({}), z.null()),
}

export const counted = topic('sample.counted', z.object({ number: z.int() }))

/** A service with the sample feature alone; its log lines go to `lines`. */
export function createSampleService(lines: string[] = []): Service {
  const service = createService((level, message) => void lines.push(`${level} ${message}`))
  const held = Promise.withResolvers<string>()
  const handlers: HandlersFor<typeof sampleMethods> = {
    echo: ({ value }) => ({ value }),
    add: ({ numbers, note }) => ({ sum: numbers.reduce((sum, number) => sum + number, 0), note }),
    refuse() {
      throw new AppError('MODEL_FAILED', 'The model cannot be built.', {
        place: { file: 'models/marts/a.sql', line: 3, column: 7, field: 'amount', table: 'a' },
        saved: 'Nothing was published.',
        hint: 'Correct line 3.',
      })
    },
    crash() {
      throw new TypeError('secret internals')
    },
    hold: () => held.promise,
    release() {
      held.resolve('released')
      return null
    },
    repeat: ({ text, times }) => text.repeat(times),
    count({ to }) {
      for (let number = 1; number <= to; number++) service.publish(counted, { number })
      return null
    },
    die: () => process.kill(process.pid, 'SIGKILL') && new Promise<null>(() => undefined),
  }
  service.register(sampleMethods, handlers)
  return service
}
