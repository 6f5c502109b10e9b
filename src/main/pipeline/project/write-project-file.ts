import { renameSync, writeFileSync } from 'node:fs'
import { storageError } from '../../store/storage-error.ts'

/** Replaces a file of a project, whole or not at all. */
export function writeProjectFile(path: string, text: string): void {
  const aside = `${path}.new-${process.pid}`
  try {
    writeFileSync(aside, text)
    renameSync(aside, path)
  } catch (error) {
    throw storageError(error, path)
  }
}
