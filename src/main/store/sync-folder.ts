import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes a renaming in a folder durable; Windows does not open folders, and needs no such step. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
