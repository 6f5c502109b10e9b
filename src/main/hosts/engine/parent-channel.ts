import type { Channel } from '../../protocol/channel.ts'

/** What Electron's utility processes have in place of Node's `process.send`. */
export interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown
  off(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown
}

/** The port to Electron's main process; undefined under Node. */
export function electronParentPort(): ParentPort | undefined {
  return (process as { parentPort?: ParentPort }).parentPort
}

/** The channel to the process that started this one. */
export function parentChannel(): Channel {
  const port = electronParentPort()
  return port === undefined ? nodeChannel() : electronChannel(port)
}

function nodeChannel(): Channel {
  return {
    send(text) {
      // The error is that the parent ended in the meantime, which `onClose` tells.
      if (process.connected) process.send?.(text, undefined, undefined, () => undefined)
    },
    onMessage(listener) {
      const own = (message: unknown) => listener(String(message))
      process.on('message', own)
      return () => void process.off('message', own)
    },
    onClose: (listener) => void process.once('disconnect', listener),
  }
}

/** Texts only: the port carries messages of the job relay too. Electron ends its utility processes itself, so that it never closes. */
function electronChannel(port: ParentPort): Channel {
  return {
    send: (text) => port.postMessage(text),
    onMessage(listener) {
      const own = ({ data }: { readonly data: unknown }) => {
        if (typeof data === 'string') listener(data)
      }
      port.on('message', own)
      return () => void port.off('message', own)
    },
    onClose: () => undefined,
  }
}
