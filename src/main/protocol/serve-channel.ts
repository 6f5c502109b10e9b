import { reportError } from '../kernel/report-error.ts'
import type { Channel } from './channel.ts'
import type { Endpoint } from './endpoint.ts'
import { decode, encode, request, type Answer } from './wire.ts'

/** Answers the calls that come over a channel and sends it every event; the returned function stops taking calls. */
export function serveChannel(endpoint: Endpoint, channel: Channel): () => void {
  const stopEvents = endpoint.listen((event) => channel.send(encode(event)))
  channel.onClose(stopEvents)
  const stopCalls = channel.onMessage((text) => {
    const { id, method, input } = decode(request, text)
    void endpoint.call(method, input).then((answer) => channel.send(encodeAnswer(id, answer)))
  })
  return () => {
    stopCalls()
    stopEvents()
  }
}

/** An answer that cannot be sent is answered by why not, so that nobody waits for it forever. */
function encodeAnswer(id: number, answer: Answer): string {
  try {
    return encode({ id, ...answer })
  } catch (error) {
    return encode({ id, ok: false, error: reportError(error) })
  }
}
