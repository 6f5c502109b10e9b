import type { InputOf, Method, OutputOf, PayloadOf, Topic } from './method.ts'

/** All that a user interface sees of the engine; each host provides one. */
export interface Transport {
  /** Asks; rejects with an `AppError` when the engine says no. */
  call<M extends Method>(method: M, input: InputOf<M>): Promise<OutputOf<M>>
  /** Listens; the returned function stops listening. */
  subscribe<T extends Topic>(topic: T, listener: (payload: PayloadOf<T>) => void): () => void
}
