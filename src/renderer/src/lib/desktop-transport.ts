import type { Bridge } from '#protocol/bridge'
import type { OutputOf, PayloadOf } from '#protocol/method'
import type { Transport } from '#protocol/transport'

declare global {
  interface Window {
    /** Put there by the desktop app's preload script. */
    readonly assay?: Bridge
  }
}

/** The engine behind the desktop app's bridge. */
export function createDesktopTransport(bridge: Bridge): Transport {
  return {
    call: async (method, input) => (await bridge.call(method.name, input)) as OutputOf<typeof method>,
    subscribe: (topic, listener) =>
      bridge.subscribe(topic.name, (payload) => listener(payload as PayloadOf<typeof topic>)),
  }
}
