import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { makeFolders } from '../../store/make-folders.ts'
import { withStorageErrors } from '../../store/storage-error.ts'
import { syncFolder } from '../../store/sync-folder.ts'

/** A file that is being written beside its target, so that the target is at any moment the old one or the whole new one. */
export interface AsideFile {
  readonly target: string
  readonly partial: string
  /** null once closed. */
  descriptor: number | null
  bytes: number
}

/** Opens `.NAME.partial` in the folder of `target`; what an earlier crash left there is removed first. */
export function openAside(target: string): AsideFile {
  const folder = dirname(target)
  const partial = join(folder, `.${basename(target)}.partial`)
  withStorageErrors(folder, () => makeFolders(folder))
  rmSync(partial, { force: true })
  // `wx` fails on anything that appears at the path in between, a planted symbolic link too.
  return { target, partial, descriptor: openSync(partial, 'wx'), bytes: 0 }
}

/** Appends all of `bytes`; a write call may take fewer than it was given. */
export function appendAside(file: AsideFile, bytes: Uint8Array): void {
  const descriptor = opened(file)
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done, bytes.length - done)
  file.bytes += bytes.length
}

/** Makes the written bytes durable and puts them in the target's place; a link at the target is replaced, not followed. */
export function publishAside(file: AsideFile): void {
  fsyncSync(opened(file))
  close(file)
  renameSync(file.partial, file.target)
  syncFolder(dirname(file.target))
}

/** Drops what was written; the target stays as it was. */
export function discardAside(file: AsideFile): void {
  close(file)
  rmSync(file.partial, { force: true })
}

function opened(file: AsideFile): number {
  if (file.descriptor === null) throw new Error(`${file.partial} is closed`)
  return file.descriptor
}

function close(file: AsideFile): void {
  if (file.descriptor !== null) closeSync(file.descriptor)
  file.descriptor = null
}
