import type { Endpoint } from '#protocol/endpoint'
import type { Answer, Event } from '#protocol/wire'
import { useConnection } from './connection.ts'
import { useWorkspaceVersion } from './workspace-version.ts'

type Refusal = Extract<Answer, { readonly ok: false }>

const firstRetry = 500
const slowestRetry = 5000

/** The engine behind the page's own server: calls by HTTP, events by WebSocket. */
export function createWebEndpoint(): Endpoint {
  const listeners = new Set<(event: Event) => void>()
  listen((event) => {
    for (const listener of listeners) listener(event)
  }, firstRetry)
  return {
    call: post,
    listen: (listener) => {
      const own = (event: Event) => listener(event)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}

async function post(method: string, input: unknown): Promise<Answer> {
  try {
    const response = await fetch('/api/call', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ method, input }),
    })
    if (response.status === 401 || response.status === 403) return signedOut
    return (await response.json()) as Answer
  } catch (cause) {
    return unreachable(cause)
  }
}

/** Keeps one socket open; after a gap every screen reads again, since events may have been missed. */
function listen(publish: (event: Event) => void, retryAfter: number): void {
  const socket = new WebSocket(new URL('/api/events', window.location.href.replace(/^http/, 'ws')))
  let delay = retryAfter
  socket.addEventListener('open', () => {
    delay = firstRetry
    if (!useConnection.getState().isLost) return
    useConnection.getState().setLost(false)
    useWorkspaceVersion.getState().bump()
  })
  socket.addEventListener('message', ({ data }) => publish(JSON.parse(String(data)) as Event))
  socket.addEventListener('close', () => {
    useConnection.getState().setLost(true)
    window.setTimeout(() => listen(publish, Math.min(delay * 2, slowestRetry)), delay)
  })
}

function unreachable(cause: unknown): Refusal {
  return {
    ok: false,
    error: {
      code: 'ENVIRONMENT',
      message: `Assay’s engine does not answer (${cause instanceof Error ? cause.message : String(cause)}).`,
      place: {},
      saved: 'What was published stays as it was.',
      hint: 'See whether “assay serve” still runs in its terminal; if not, start it and open the address that it prints.',
    },
  }
}

const signedOut: Refusal = {
  ok: false,
  error: {
    code: 'PERMISSION',
    message: 'This page is no longer signed in to the engine.',
    place: {},
    saved: 'What was published stays as it was.',
    hint: 'Open the address that “assay serve” printed last, with its token.',
  },
}
