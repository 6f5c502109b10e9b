import { appendAside, discardAside, openAside, publishAside, type AsideFile } from './aside-file.ts'
import { exportError } from './export-error.ts'

/** Writes a text to a file: whole or not at all. */
export function writeText(path: string, text: string): void {
  let file: AsideFile | null = null
  try {
    file = openAside(path)
    appendAside(file, Buffer.from(text))
    publishAside(file)
  } catch (error) {
    if (file !== null) discardAside(file)
    throw exportError(error, path)
  }
}
