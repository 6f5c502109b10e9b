import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server'
import { once } from 'node:events'
import { Server, type AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { AppError } from '../../kernel/app-error.ts'
import type { Endpoint } from '../../protocol/endpoint.ts'
import { createApp } from './create-app.ts'

/** The only address that is listened on: nobody else's machine can ask. */
const hostname = '127.0.0.1'

/** Pages say nothing on the socket of events. */
const maxSocketMessage = 1024

export interface WebHost {
  /** The address with its token, to be opened in a browser. */
  readonly url: string
  readonly token: string
  readonly port: number
  close(): Promise<void>
}

/** Serves the workbench's page on this machine; `port` 0 takes any free one. */
export async function startWebHost(options: {
  endpoint: Endpoint
  rendererFolder: string
  port: number
}): Promise<WebHost> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxSocketMessage })
  const { app, token } = createApp({ ...options, port: () => port })
  const server = createAdaptorServer({
    fetch: app.fetch,
    websocket: { server: sockets as WebSocketServerLike },
    serverOptions: { headersTimeout: 10_000, requestTimeout: 60_000 },
  })
  if (!(server instanceof Server)) throw new Error('the web server is no net.Server')
  try {
    server.listen(options.port, hostname)
    await once(server, 'listening')
  } catch (cause) {
    throw portError(options.port, cause)
  }
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${hostname}:${port}/?token=${token}`,
    token,
    port,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function portError(port: number, cause: unknown): AppError {
  const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
  return new AppError(
    'ENVIRONMENT',
    isTaken ? `Port ${port} is in use by another program.` : `Port ${port} cannot be listened on.`,
    {
      saved: 'Nothing was changed.',
      hint: 'Name another port with --port, or leave it out to get a free one.',
      cause,
    },
  )
}
