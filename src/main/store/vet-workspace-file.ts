import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { AppError } from '../kernel/app-error.ts'
import { storageError } from './storage-error.ts'

/** "Assa" in ASCII: marks a SQLite file as a workspace of this program (bytes 68-71 of the header). */
export const applicationId = 0x41737361

const sqliteMagic = 'SQLite format 3\u0000'

function damaged(path: string, message: string): AppError {
  return new AppError('WORKSPACE_DAMAGED', `${path} ${message}`, {
    place: { file: path },
    saved: 'The file was not opened and is as it was.',
    hint: 'Name another workspace folder, or put the right workspace.db back from a backup.',
  })
}

/** Refuses a file that is not a workspace of this version of Assay, before SQLite opens it; never takes such a file for an empty one. */
export function vetWorkspaceFile(path: string, newest: number): void {
  const header = Buffer.alloc(100)
  try {
    if (!statSync(path).isFile()) throw damaged(path, 'is not a file.')
    const file = openSync(path, 'r')
    try {
      const length = readSync(file, header, 0, 100, 0)
      if (length === 0)
        throw damaged(path, 'is empty (0 bytes): it was a workspace once and was cut off, or something else made it.')
      if (length < 100 || header.toString('latin1', 0, 16) !== sqliteMagic)
        throw damaged(path, 'is not a workspace: it is no SQLite file.')
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw storageError(error, path)
  }
  if (header.readUInt32BE(68) !== applicationId)
    throw damaged(path, 'is a SQLite file of another program, not a workspace of Assay.')
  const version = header.readUInt32BE(60)
  if (version > newest)
    throw new AppError(
      'WORKSPACE_DAMAGED',
      `${path} was made by a newer Assay (workspace version ${version}, this one knows ${newest}).`,
      {
        place: { file: path },
        saved: 'The file was not opened and is as it was.',
        hint: 'Open it with the newer Assay.',
      },
    )
}
