import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { createBridge } from '#protocol/bridge'
import type { Event } from '#protocol/wire'

// All that the page gets, and all that it will ever get: what can be asked is a matter of the engine's protocol.
const { call, subscribe } = createBridge(
  {
    invoke: (channel, name, input) => ipcRenderer.invoke(channel, name, input),
    listen(channel, listener) {
      const withoutSender = (_sender: IpcRendererEvent, event: Event) => listener(event)
      ipcRenderer.on(channel, withoutSender)
      return () => void ipcRenderer.off(channel, withoutSender)
    },
  },
  (file) => webUtils.getPathForFile(file),
)

contextBridge.exposeInMainWorld('assay', { call, subscribe })
