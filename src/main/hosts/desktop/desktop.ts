import { join } from 'node:path'
import { app, dialog, ipcMain, type IpcMainInvokeEvent } from 'electron'
import { AppError, exitCodeOf } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { eventChannel } from '../../protocol/bridge.ts'
import { startEngine } from '../engine/start-engine.ts'
import { openLog } from '../engine/workspace-log.ts'
import { appOrigin, registerAppScheme, serveAppScheme } from './app-scheme.ts'
import { createWindow, loadPage } from './create-window.ts'
import { createDesktopEndpoint } from './desktop-service.ts'
import { foldersOf } from './folders.ts'
import { forkUtilityProcess } from './fork-utility-process.ts'
import { lockDown } from './lock-down.ts'
import { relayPage } from './relay-page.ts'

app.enableSandbox()
registerAppScheme()
app.on('window-all-closed', () => app.quit())
if (app.requestSingleInstanceLock()) void app.whenReady().then(openApp).catch(endOnError)
else app.quit()

async function openApp(): Promise<void> {
  const folders = foldersOf(process.argv.slice(1))
  const log = openLog(folders.workspaceFolder, 'desktop')
  lockDown()
  serveAppScheme(join(import.meta.dirname, '../renderer'))
  const engine = await startEngine(
    { ...folders, host: { kind: 'desktop', has_folder_dialog: true } },
    forkUtilityProcess,
    log,
  )
  app.on('will-quit', () => engine.stop())

  const window = createWindow()
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  relayPage(ipcMain, isOwnPage, createDesktopEndpoint(engine, window, folders.workspaceFolder, log))
  engine.listen((event) => {
    if (!window.isDestroyed()) window.webContents.send(eventChannel, event)
  })
  await loadPage(window)
}

/** A frame inside the page, or a page from elsewhere, has nothing to ask. */
function isOwnPage({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === appOrigin
}

function endOnError(error: unknown): void {
  const { code, message, saved, hint } = reportError(error)
  if (!(error instanceof AppError)) console.error(error)
  dialog.showErrorBox(
    'Assay cannot open the workspace',
    [message, saved, hint].filter((line) => line !== null).join('\n\n'),
  )
  app.exit(exitCodeOf(code))
}
