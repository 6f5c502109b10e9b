import { AppError, type ErrorReport } from './app-error.ts'

/** The plain form of any error; an unexpected one becomes a calm INTERNAL, its own words belong in the log. */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof AppError) {
    const { code, message, place, saved, hint } = error
    return { code, message, place, saved, hint }
  }
  return {
    code: 'INTERNAL',
    message: 'Assay met an error that it did not expect.',
    place: {},
    saved: 'What was published before is untouched.',
    hint: 'Try again; if it happens again, report it with the log of the workspace.',
  }
}
