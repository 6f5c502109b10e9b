import type { HandlersFor } from '#protocol/method'
import { requireRun } from '../../pipeline/run/record/require-run.ts'
import { inSnapshot } from '../../store/database.ts'
import type { EngineContext } from '../context.ts'
import { listChecks } from './list-checks.ts'
import type { checksMethods } from './protocol.ts'
import { readFailures } from './read-failures.ts'
import { runUnitTests } from './run-unit-tests.ts'

/** Answers what is asked about checks: how they went, which rows failed them, and what the unit tests of models say. */
export function checksHandlers({ workbench }: EngineContext): HandlersFor<typeof checksMethods> {
  const { project, connection } = workbench
  return {
    list: ({ run_id: runId }) =>
      inSnapshot(connection, () => {
        if (runId !== undefined) requireRun(connection, runId)
        return listChecks(workbench, runId ?? workbench.publishedRun())
      }),
    failures: (page) => inSnapshot(connection, () => readFailures(workbench, page)),
    test: ({ model }) => runUnitTests(project, model),
  }
}
