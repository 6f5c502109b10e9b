import { AppError } from '../kernel/app-error.ts'
import { reportError } from '../kernel/report-error.ts'
import type { Channel } from './channel.ts'
import { createListeners } from './create-listeners.ts'
import type { Endpoint } from './endpoint.ts'
import { decode, encode, reply, type Answer, type Event } from './wire.ts'

/** The endpoint at the other side of a channel. When that side dies, every call that waits is answered by an error that says so. */
export function connectChannel(channel: Channel): Endpoint {
  const waiting = new Map<number, (answer: Answer) => void>()
  const listeners = createListeners<Event>()
  let lastId = 0
  let isClosed = false

  channel.onMessage((text) => {
    const message = decode(reply, text)
    if ('topic' in message) {
      listeners.tell(message)
      return
    }
    const { id, ...answer } = message
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })
  channel.onClose(() => {
    isClosed = true
    for (const settle of waiting.values()) settle({ ok: false, error: reportError(engineGone()) })
    waiting.clear()
  })

  return {
    async call(name, input) {
      if (isClosed) return { ok: false, error: reportError(engineGone()) }
      const id = ++lastId
      try {
        const text = encode({ id, method: name, input })
        const { promise, resolve } = Promise.withResolvers<Answer>()
        waiting.set(id, resolve)
        channel.send(text)
        return await promise
      } catch (error) {
        return { ok: false, error: reportError(error) }
      }
    },
    listen: listeners.add,
  }
}

function engineGone(): AppError {
  return new AppError('ENVIRONMENT', 'The engine stopped before it answered.', {
    saved: 'What was published stays as it was; the last change may or may not have been kept.',
    hint: 'It is started again by itself: look at what is there, then try once more.',
  })
}
