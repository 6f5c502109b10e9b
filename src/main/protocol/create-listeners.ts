/** A set of listeners to one kind of message. */
export interface Listeners<Message> {
  /** Adds one; the returned function takes it away. */
  add(listener: (message: Message) => void): () => void
  /** Calls them all, in the order in which they were added. */
  tell(message: Message): void
}

/** An empty set of listeners. */
export function createListeners<Message>(): Listeners<Message> {
  const listeners = new Set<(message: Message) => void>()
  return {
    add(listener) {
      // Wrapped, so that the same function may listen twice and each stop for itself.
      const own = (message: Message) => listener(message)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    tell(message) {
      for (const listener of listeners) listener(message)
    },
  }
}
