import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { WebHost } from '../../src/main/hosts/web/start-web-host.ts'
import type { Endpoint } from '../../src/main/protocol/endpoint.ts'
import type { Answer, Event } from '../../src/main/protocol/wire.ts'

/** Signs in to a web host as a browser does; returns the headers of the page's own requests. */
export async function signIn(host: WebHost): Promise<{ cookie: string; origin: string }> {
  const response = await fetch(host.url, { redirect: 'manual' })
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { cookie, origin: `http://127.0.0.1:${host.port}` }
}

/** The page's side of a web host: calls by POST, events by WebSocket. */
export async function openWebEndpoint(host: WebHost): Promise<Endpoint & { close(): void }> {
  const headers = await signIn(host)
  const listeners = new Set<(event: Event) => void>()
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/events`, { headers })
  socket.on('message', (data: Buffer) => {
    for (const listener of listeners) listener(JSON.parse(data.toString()) as Event)
  })
  await once(socket, 'open')
  return {
    async call(method, input) {
      const response = await fetch(`http://127.0.0.1:${host.port}/api/call`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ method, input }),
      })
      return (await response.json()) as Answer
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => socket.terminate(),
  }
}
