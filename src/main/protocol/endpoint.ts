import type { Answer, Event } from './wire.ts'

/**
 * An engine as the wire sees it: calls by name, answers as data, events of every topic. Hosts pass endpoints on to each other;
 * `createTransport` gives one its types back.
 */
export interface Endpoint {
  /** Never rejects: a failure is an answer too. */
  call(name: string, input: unknown): Promise<Answer>
  /** Hears every event; the returned function stops listening. */
  listen(listener: (event: Event) => void): () => void
}
