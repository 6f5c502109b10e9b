import { AppError } from '../../kernel/app-error.ts'

/** The error of a project file that is well formed and says something that cannot be. */
export function invalidProject(path: string, message: string): AppError {
  return new AppError('PROJECT_INVALID', `${path}: ${message}`, {
    place: { file: path },
    saved: 'No run was started.',
    hint: 'Mend the project file, then start again.',
  })
}
