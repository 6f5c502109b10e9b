/** A two-way stream of texts between this side and another: a process, a port, a socket. */
export interface Channel {
  /** Sends if the other side is still there; `onClose` tells when it is not. */
  send(text: string): void
  /** The returned function stops listening. */
  onMessage(listener: (text: string) => void): () => void
  /** Called once, after the last message, when the other side is gone. */
  onClose(listener: () => void): void
}
