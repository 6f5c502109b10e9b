import type { Answer, Event } from './wire.ts'

/** The two message names between the desktop app's page and its main process. */
export const callChannel = 'assay:call'
export const eventChannel = 'assay:event'

/** What the page sees of the desktop app. */
export interface Bridge {
  /** Rejects with a plain `ErrorReport`: an error's own fields would be lost on the way into the page. */
  call(name: string, input: unknown): Promise<unknown>
  /** The returned function stops listening. */
  subscribe(name: string, listener: (payload: unknown) => void): () => void
}

/** What the bridge needs of Electron's `ipcRenderer`, without the events that must not reach the page. */
export interface PageMessages {
  invoke(channel: typeof callChannel, name: string, input: unknown): Promise<Answer>
  listen(channel: typeof eventChannel, listener: (event: Event) => void): () => void
}

/** Builds the page's side; dropped files in an input become their paths, which only the preload script may learn. */
export function createBridge(messages: PageMessages, pathOf: (file: File) => string): Bridge {
  return {
    async call(name, input) {
      const answer = await messages.invoke(callChannel, name, withPaths(input, pathOf))
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      if (answer.ok) resolve(answer.output)
      else reject(answer.error)
      return promise
    },
    subscribe: (name, listener) =>
      messages.listen(eventChannel, (event) => {
        if (event.topic === name) listener(event.payload)
      }),
  }
}

function withPaths(value: unknown, pathOf: (file: File) => string): unknown {
  if (value instanceof File) return pathOf(value)
  if (Array.isArray(value)) return value.map((item) => withPaths(item, pathOf))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withPaths(item, pathOf)]))
}
