import type { ErrorReport } from '../../../kernel/app-error.ts'
import { readGuards } from '../../model/model-guards.ts'
import type { OpenRun } from '../run-context.ts'
import { checkProblem } from './check-problem.ts'
import { explainRepeatedKeys } from './explain-repeated-keys.ts'
import { guardProblem } from './guard-problem.ts'
import type { ModelsContext } from './models-context.ts'
import { testChangedModels } from './test-changed-models.ts'

/** What speaks against publishing models that are built and checked; null where nothing does. Guards that only warn are logged. */
export function guardModels({ connection, runId, request, log }: OpenRun, models: ModelsContext): ErrorReport | null {
  explainRepeatedKeys(models)
  // A proof makes a run again that was let through as it is.
  if (request.readsAgain !== true) testChangedModels(models)
  for (const { status, message } of readGuards(connection, runId)) if (status === 'warn') log('warn', message)
  return guardProblem(connection, runId) ?? checkProblem(connection, runId)
}
