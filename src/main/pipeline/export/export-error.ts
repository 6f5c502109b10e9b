import { AppError, type ErrorCode } from '../../kernel/app-error.ts'

const saved = 'The file that stood there before, if any, is untouched.'

/** Gives an error of the file system the form a person can act on; any other error comes back as it is. */
export function exportError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error
  const [code, message, hint] = explain(String(error.code), path, error.message)
  return new AppError(code, message, { place: { file: path }, saved, hint, cause: error })
}

function explain(code: string, path: string, message: string): readonly [ErrorCode, string, string] {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return [
        'DISK_FULL',
        `There is no room left to write ${path}.`,
        'Free some space or choose another folder, then try again.',
      ]
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EBUSY':
      return [
        'PERMISSION',
        `${path} cannot be written.`,
        'Close programs that hold the file open, or choose a folder you may write in.',
      ]
    default:
      return ['ENVIRONMENT', `${path} cannot be written: ${message}.`, 'Choose another folder, then try again.']
  }
}
