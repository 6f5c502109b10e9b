import { upgradeWebSocket } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { WebSocket } from 'ws'
import type { Endpoint } from '../../protocol/endpoint.ts'
import { call, decode, maxMessageLength } from '../../protocol/wire.ts'
import { pageResponse, securityHeaders } from '../engine/page-response.ts'
import { createSecret } from './credentials.ts'
import { allowOwnHost, allowOwnOrigin, allowSignedIn, refuse } from './guard.ts'

/** A page that does not take its events any more is not kept in memory for. */
const maxWaitingBytes = 16 * 1024 * 1024

export interface AppOptions {
  readonly endpoint: Endpoint
  readonly rendererFolder: string
  /** Known once the server listens. */
  readonly port: () => number
}

/** All that the web host answers: the page, calls by POST, events by WebSocket. Whatever is asked, the guards come first. */
export function createApp({ endpoint, rendererFolder, port }: AppOptions) {
  const token = createSecret()
  const session = createSecret()
  const app = new Hono()

  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(securityHeaders)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value)
    }
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store')
  })
  app.use(allowOwnHost(port), allowOwnOrigin(), allowSignedIn(port, token, session))

  const limit = bodyLimit({ maxSize: maxMessageLength, onError: () => refuse(413, 'The request is too large.') })
  app.post('/api/call', limit, async (context) => {
    if (context.req.header('content-type')?.split(';')[0]?.trim() !== 'application/json') {
      return refuse(415, 'Calls are sent as application/json.')
    }
    const asked = parseCall(await context.req.text())
    return asked === null
      ? refuse(400, 'The call is not of the form {"method", "input"}.')
      : context.json(await endpoint.call(asked.method, asked.input))
  })

  app.get(
    '/api/events',
    upgradeWebSocket(() => {
      let stop: (() => void) | undefined
      return {
        onOpen(_event, socket) {
          stop = endpoint.listen((event) => {
            if ((socket.raw as WebSocket).bufferedAmount > maxWaitingBytes) socket.close(1013, 'too slow')
            else socket.send(JSON.stringify(event))
          })
        },
        onClose: () => stop?.(),
      }
    }),
  )

  app.get('*', (context) => pageResponse(rendererFolder, new URL(context.req.url).pathname))
  return { app, token: token.value }
}

function parseCall(text: string): { method: string; input?: unknown } | null {
  try {
    return decode(call, text)
  } catch {
    // Whatever is wrong with it, the page that sent it is not ours; it is told the form.
    return null
  }
}
