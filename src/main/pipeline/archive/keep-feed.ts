import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '../../kernel/app-error.ts'
import { untouched } from '../../kernel/untouched.ts'
import { makeFolders } from '../../store/make-folders.ts'
import { storageError, withStorageErrors } from '../../store/storage-error.ts'
import { syncFolder } from '../../store/sync-folder.ts'
import { hashFile } from './hash-file.ts'

/** Where the workspace keeps the feed file with these bytes; one file, however often and under however many names it is delivered. */
export function feedPath(workspaceFolder: string, sha256: string): string {
  return join(workspaceFolder, 'feeds', sha256)
}

/**
 * Keeps a copy of a feed file that was read with the hash `sha256`, so that any record of it can be read again. A file that has other
 * bytes by now is refused: what was staged could not be traced to it.
 */
export function keepFeed(
  workspaceFolder: string,
  file: { readonly path: string; readonly name: string },
  sha256: string,
): void {
  const target = feedPath(workspaceFolder, sha256)
  if (existsSync(target)) return
  const folder = dirname(target)
  const partial = `${target}.partial`
  withStorageErrors(folder, () => {
    makeFolders(folder, 0o700)
    rmSync(partial, { force: true })
  })
  try {
    copyAside(file, partial)
    if (withStorageErrors(partial, () => hashFile(partial)) !== sha256) throw changed(file)
    withStorageErrors(target, () => {
      makeDurable(partial)
      renameSync(partial, target)
      syncFolder(folder)
    })
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** Shares the blocks of the original where the file system can; EXCL follows no link that someone put at the path meanwhile. */
function copyAside(file: { readonly path: string; readonly name: string }, partial: string): void {
  try {
    copyFileSync(file.path, partial, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
  } catch (error) {
    if (!existsSync(file.path)) throw changed(file, error)
    throw storageError(error, partial)
  }
}

/** The copy has the original's rights, which may forbid writing and with it, on some systems, making it durable. */
function makeDurable(path: string): void {
  chmodSync(path, 0o600)
  const descriptor = openSync(path, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function changed(file: { readonly path: string; readonly name: string }, cause?: unknown): AppError {
  return new AppError('INPUT_INVALID', `${file.name} changed while it was read.`, {
    place: { file: file.path },
    saved: untouched,
    hint: 'Wait until it has been delivered completely, then start the run again.',
    ...(cause === undefined ? {} : { cause }),
  })
}
