import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { BrowserWindow, dialog } from 'electron'
import { exportError } from '../../pipeline/export/export-error.ts'

/** Prints a report into a PDF that the person names; null when the dialog was closed. */
export async function savePdf(window: BrowserWindow, html: string, name: string): Promise<string | null> {
  const { filePath } = await dialog.showSaveDialog(window, {
    title: 'Save the report as PDF',
    defaultPath: basename(name),
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  })
  if (filePath === '') return null
  try {
    await writeFile(filePath, await printPdf(html))
  } catch (error) {
    throw exportError(error, filePath)
  }
  return filePath
}

/** Through a file, since an address that is the page itself may not be as long as a report. */
async function printPdf(html: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-report-'))
  const hidden = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  })
  try {
    const page = join(folder, 'report.html')
    await writeFile(page, html, { mode: 0o600 })
    await hidden.loadFile(page)
    return await hidden.webContents.printToPDF({ pageSize: 'A4', printBackground: true })
  } finally {
    hidden.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}
