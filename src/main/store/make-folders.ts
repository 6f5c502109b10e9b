import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it that are missing. Not by `recursive: true`: that tries for ever where a folder is there in which
 * none can be made, as in /proc. https://github.com/nodejs/node/blob/main/src/node_file.cc, MKDirpSync
 */
export function makeFolders(folder: string, mode?: number): void {
  if (existsSync(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolders(parent, mode)
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error
  }
}
