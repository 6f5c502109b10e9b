import { AppError } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { untouched } from '../../kernel/untouched.ts'
import { openWorkspace } from '../../store/open-workspace.ts'
import { recordGuard } from '../model/model-guards.ts'
import { closeRun } from './record/run-record.ts'

/** Notes that a run was ended since one of its models took too long; returns the error that says so. */
export function endOverlongRun(workspaceFolder: string, runId: number, model: string, seconds: number): AppError {
  const message = `The model ${model} took longer than ${seconds} s, and the run was stopped.`
  const error = new AppError('MODEL_FAILED', message, {
    place: { table: model },
    saved: untouched,
    hint: 'Look at the profile of the model for what it reads and multiplies, or raise model_seconds in project.yml.',
  })
  const { connection } = openWorkspace(workspaceFolder)
  try {
    recordGuard(connection, runId, {
      model,
      guard: 'time_limit',
      status: 'fail',
      value: seconds,
      low: null,
      high: seconds,
      message,
    })
    closeRun(connection, runId, 'failed', reportError(error))
    return error
  } finally {
    connection.close()
  }
}
