import { closeSync, fstatSync, openSync, readSync, statSync, type BigIntStats } from 'node:fs'
import { AppError } from '../../kernel/app-error.ts'
import type { FeedFile } from './feed-types.ts'
import { rejection } from './reject-file.ts'

/** An open feed file, with its size and time of change as they were when it was opened. */
export interface FeedSource {
  readonly file: FeedFile
  readonly descriptor: number
  readonly size: number
  readonly changedAt: bigint
}

/** Opens a feed for `use`, closes it afterwards, and rejects it where it changed meanwhile. */
export function withFeedSource<Result>(file: FeedFile, use: (source: FeedSource) => Result): Result {
  // Looked at before it is opened: opening a named pipe would wait for its other end.
  requireRegularFile(
    file,
    attempt(file, () => statSync(file.path, { bigint: true })),
  )
  const descriptor = attempt(file, () => openSync(file.path, 'r'))
  try {
    const status = attempt(file, () => fstatSync(descriptor, { bigint: true }))
    requireRegularFile(file, status)
    const source = { file, descriptor, size: Number(status.size), changedAt: status.mtimeNs }
    const result = use(source)
    requireUnchanged(source)
    return result
  } finally {
    closeSync(descriptor)
  }
}

/** Fills `length` bytes of the buffer from the file's `position`; returns fewer only at the file's end. */
export function readFully(
  source: FeedSource,
  buffer: Buffer,
  offset: number,
  length: number,
  position: number,
): number {
  let filled = 0
  while (filled < length) {
    const got = attempt(source.file, () =>
      readSync(source.descriptor, buffer, offset + filled, length - filled, position + filled),
    )
    if (got === 0) break
    filled += got
  }
  return filled
}

function requireRegularFile(file: FeedFile, status: BigIntStats): void {
  if (!status.isFile())
    throw rejection(file, 'is not a regular file', 'Put a file of this name there, or take it out of the input folder.')
}

function requireUnchanged(source: FeedSource): void {
  const status = attempt(source.file, () => fstatSync(source.descriptor, { bigint: true }))
  if (Number(status.size) !== source.size || status.mtimeNs !== source.changedAt)
    throw rejection(
      source.file,
      'changed while it was read',
      'Wait until it has been delivered completely, then start the run again.',
    )
}

function attempt<Result>(file: FeedFile, operation: () => Result): Result {
  try {
    return operation()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
    const facts = { place: { file: file.path }, saved: 'Nothing of the file was loaded.', cause: error }
    if (code === 'EACCES' || code === 'EPERM')
      throw new AppError('PERMISSION', `${file.path} may not be read.`, {
        ...facts,
        hint: 'Give yourself the right to read it, then start the run again.',
      })
    if (code === 'ENOENT')
      throw new AppError('ENVIRONMENT', `${file.path} is not there any more.`, {
        ...facts,
        hint: 'Put it back, then start the run again.',
      })
    throw new AppError('ENVIRONMENT', `${file.path} cannot be read: ${error.message}.`, {
      ...facts,
      hint: 'Check the disk or the network folder that it lies on, then start the run again.',
    })
  }
}
