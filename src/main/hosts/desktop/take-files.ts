import { constants } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, stat, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../kernel/app-error.ts'
import { today } from '../../kernel/clock.ts'
import { storageError } from '../../store/storage-error.ts'

/** Makes an input folder of dropped things: one folder as it is, or copies of files in a fresh folder of the workspace's `incoming/`. */
export async function takeFiles(workspaceFolder: string, paths: readonly string[]): Promise<string> {
  const kinds = await Promise.all(paths.map(kindOf))
  const [first = ''] = paths
  if (paths.length === 1 && kinds[0] === 'folder') return first
  const names = new Set<string>()
  for (const [index, path] of paths.entries()) {
    const name = basename(path)
    if (kinds[index] !== 'file') throw refused(path, `${name} is not a file that can be read`)
    if (names.has(name)) throw refused(path, `Two of the files have the name ${name}`)
    names.add(name)
  }
  return copyAll(join(workspaceFolder, 'incoming'), paths)
}

async function copyAll(incoming: string, paths: readonly string[]): Promise<string> {
  let folder: string | undefined
  try {
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    folder = await mkdtemp(join(incoming, `${today()}-`))
    for (const path of paths) await copyWithTime(path, join(folder, basename(path)))
    return folder
  } catch (error) {
    // Half of the files would be taken for all of them.
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    throw storageError(error, folder ?? incoming)
  }
}

/** A copy that is as old as its original: the gates ask how old a feed is, not when it was dropped. */
async function copyWithTime(path: string, copy: string): Promise<void> {
  const { atime, mtime } = await stat(path)
  await copyFile(path, copy, constants.COPYFILE_EXCL)
  await utimes(copy, atime, mtime)
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'other'> {
  try {
    const stats = await stat(path)
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other'
  } catch {
    // It was dropped a moment ago: gone or closed to us, it cannot be taken.
    return 'other'
  }
}

function refused(path: string, what: string): AppError {
  return new AppError('INPUT_INVALID', `${what}.`, {
    place: { file: path },
    saved: 'Nothing was copied.',
    hint: 'Drop feed files of different names, or one folder that holds them.',
  })
}
