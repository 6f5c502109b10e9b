import { AppError } from '../../kernel/app-error.ts'
import type { FeedFile } from './feed-types.ts'

/** The error for a file of which nothing may be loaded; `reason` follows the file's name. */
export function rejection(file: FeedFile, reason: string, hint: string): AppError {
  return new AppError('FILE_REJECTED', `${file.name} ${reason}.`, {
    place: { file: file.name },
    saved: 'Nothing of the file was loaded.',
    hint,
  })
}
