import { createContext, use, type ReactNode } from 'react'
import { createTransport } from '#protocol/create-transport'
import type { Transport } from '#protocol/transport'
import { createDesktopTransport } from './desktop-transport.ts'
import { createWebEndpoint } from './web-endpoint.ts'

const EngineContext = createContext<Transport | null>(null)

/** The way to the engine that this window has: the desktop app's bridge, or the server the page came from. */
export function connectEngine(): Transport {
  return window.assay === undefined ? createTransport(createWebEndpoint()) : createDesktopTransport(window.assay)
}

/** Gives the screens below it their way to the engine. */
export function EngineProvider({
  transport,
  children,
}: {
  readonly transport: Transport
  readonly children: ReactNode
}) {
  return <EngineContext value={transport}>{children}</EngineContext>
}

/** The way to the engine. */
export function useEngine(): Transport {
  const transport = use(EngineContext)
  if (transport === null) throw new Error('useEngine outside of EngineProvider')
  return transport
}
