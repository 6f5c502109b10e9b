import { AppError } from '../kernel/app-error.ts'

const nothingLost = 'What was published before is untouched.'

/** Turns an error of SQLite or of the file system into one a person can act on; other errors come back as they are. */
export function storageError(error: unknown, path: string): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const place = { file: path }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new AppError('DISK_FULL', `There is no room left on the disk of ${path}.`, {
      place,
      saved: `The step that was being written was undone. ${nothingLost}`,
      hint: 'Free some space, then start the run again.',
      cause: error,
    })
  if (
    code.startsWith('SQLITE_READONLY') ||
    ['SQLITE_PERM', 'SQLITE_CANTOPEN', 'EACCES', 'EPERM', 'EROFS'].includes(code)
  )
    return new AppError('PERMISSION', `${path} cannot be written.`, {
      place,
      saved: nothingLost,
      hint: 'Give yourself the right to write in this folder, or choose another.',
      cause: error,
    })
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new AppError('WORKSPACE_DAMAGED', `${path} is damaged: ${error.message}.`, {
      place,
      saved: 'The file was left as it is.',
      hint: 'Keep a copy of the folder, then restore workspace.db from a backup.',
      cause: error,
    })
  if (code === 'SQLITE_BUSY' || code.startsWith('SQLITE_BUSY_'))
    return new AppError('WORKSPACE_LOCKED', `${path} is being written by another program.`, {
      place,
      saved: nothingLost,
      hint: 'Wait for it to finish, then try again.',
      cause: error,
    })
  if (['ENOTDIR', 'ENOENT', 'ELOOP', 'ENAMETOOLONG', 'EISDIR', 'EEXIST'].includes(code))
    return new AppError('ENVIRONMENT', `${path} cannot be used: ${error.message}.`, {
      place,
      saved: nothingLost,
      hint: 'Name a folder that exists, or one that can be made.',
      cause: error,
    })
  // A write that hits a file-size limit or a full device surfaces as an I/O error of the write kind.
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO')
    return new AppError(
      /WRITE|FSYNC|TRUNCATE/.test(code) ? 'DISK_FULL' : 'ENVIRONMENT',
      `${path} cannot be ${/WRITE|FSYNC|TRUNCATE/.test(code) ? 'written: the disk is full or failing' : 'read: the disk fails'} (${code}).`,
      {
        place,
        saved: `The step that was being written was undone. ${nothingLost}`,
        hint: 'Check the disk, then start again.',
        cause: error,
      },
    )
  return error
}

/** Runs `work` and gives its storage errors the form of `storageError`. */
export function withStorageErrors<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw storageError(error, path)
  }
}
