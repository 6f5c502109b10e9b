import { app, BrowserWindow, dialog } from 'electron'
import { join } from 'node:path'
import { appOrigin } from './app-scheme.ts'

/** The one window of the app; its place and size are kept by Electron under its name. */
export function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    name: 'main',
    windowStatePersistence: true,
    width: 1280,
    height: 800,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: !app.isPackaged,
    },
  })
  window.once('ready-to-show', () => window.show())
  window.webContents.on('render-process-gone', () => void offerReload(window))
  return window
}

/** Loads the workbench's page into its window. */
export function loadPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(`${appOrigin}/`)
}

async function offerReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window stopped unexpectedly.',
    detail: 'Nothing was lost: the engine is a process of its own and goes on.',
    buttons: ['Open it again', 'Quit'],
  })
  if (response === 0) window.reload()
  else app.quit()
}
