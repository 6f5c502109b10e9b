import { AppError } from '../../kernel/app-error.ts'
import { untouched } from '../../kernel/untouched.ts'

/** Runs SQL of a model and gives its errors (an overflow, a bad cast) a form for people. */
export function runModelSql({ name, path }: { readonly name: string; readonly path: string }, run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'SQLITE_ERROR') throw error
    throw new AppError('MODEL_FAILED', `The model ${name} failed: ${error.message}.`, {
      place: { file: path, table: name },
      saved: untouched,
      hint: 'Mend the SQL of the model, then run again.',
      cause: error,
    })
  }
}
