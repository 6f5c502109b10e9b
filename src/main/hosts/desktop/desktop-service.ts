import { dialog, type BrowserWindow } from 'electron'
import { desktopMethods } from '#features/desktop'
import type { Log } from '../../kernel/log.ts'
import { createService } from '../../protocol/create-service.ts'
import type { Endpoint } from '../../protocol/endpoint.ts'
import { savePdf } from './save-pdf.ts'
import { takeFiles } from './take-files.ts'

/** The engine, and what the app itself answers beside it: folders and files of the person's own. */
export function createDesktopEndpoint(
  engine: Endpoint,
  window: BrowserWindow,
  workspaceFolder: string,
  log: Log,
): Endpoint {
  const own = createService(log)
  own.register(desktopMethods, {
    async chooseFolder({ title = 'Choose a folder', start }) {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title,
        properties: ['openDirectory'],
        ...(start === undefined ? {} : { defaultPath: start }),
      })
      return { folder: filePaths[0] ?? null }
    },
    savePdf: async ({ html, file_name: name }) => ({ path: await savePdf(window, html, name) }),
    takeFiles: async ({ paths }) => ({ input: await takeFiles(workspaceFolder, paths) }),
  })
  const ownNames = new Set(Object.values(desktopMethods).map(({ name }) => name))
  return {
    call: (name, input) => (ownNames.has(name) ? own : engine).call(name, input),
    listen: (listener) => engine.listen(listener),
  }
}
