import type { Log } from '../kernel/log.ts'
import { createListeners } from './create-listeners.ts'
import { dispatch, type Registration } from './dispatch.ts'
import type { Endpoint } from './endpoint.ts'
import type { HandlersFor, Method, PayloadOf, Topic } from './method.ts'
import type { Event } from './wire.ts'

/** The end of the wire that answers: features register here, every transport leads here. */
export interface Service extends Endpoint {
  /** Adds the methods of a feature with a handler for each. */
  register<Methods extends Record<string, Method>>(methods: Methods, handlers: HandlersFor<Methods>): void
  /** Tells all who listen. */
  publish<T extends Topic>(topic: T, payload: PayloadOf<T>): void
}

/** An empty service; unexpected errors of its handlers go to `log`. */
export function createService(log: Log): Service {
  const registrations = new Map<string, Registration>()
  const listeners = createListeners<Event>()
  return {
    register(methods, handlers) {
      for (const [key, method] of Object.entries(methods)) {
        if (registrations.has(method.name)) throw new Error(`${method.name} is registered twice`)
        registrations.set(method.name, { method, handle: handlers[key] as (input: unknown) => unknown })
      }
    },
    publish(topic, payload) {
      listeners.tell({ topic: topic.name, payload })
    },
    call: (name, input) => dispatch(registrations, log, name, input),
    listen: listeners.add,
  }
}
