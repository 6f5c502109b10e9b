import type { HandlersFor } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { runUnitTest } from '../../pipeline/check/run-unit-test.ts'
import { inSnapshot } from '../../store/database.ts'
import type { EngineContext } from '../context.ts'
import { listChecks } from './list-checks.ts'
import type { checksMethods } from './protocol.ts'
import { readFailures } from './read-failures.ts'

/** Answers what is asked about checks: how they went, which rows failed them, and what the unit tests of models say. */
export function checksHandlers({ workbench }: EngineContext): HandlersFor<typeof checksMethods> {
  const { project, connection } = workbench
  return {
    list: ({ run_id: runId }) => inSnapshot(connection, () => listChecks(workbench, runId ?? workbench.publishedRun())),
    failures: (page) => inSnapshot(connection, () => readFailures(workbench, page)),
    test({ model }) {
      if (model !== undefined && !project.models.has(model))
        throw new AppError('NOT_FOUND', `The project has no model ${model}.`)
      const tests = project.unitTests
        .filter((test) => model === undefined || test.model === model)
        .map((test) => runUnitTest(connection, project, test))
        .map(({ missing, unexpected, ...result }) => ({
          ...result,
          kind: 'unit' as const,
          missing: [...missing],
          unexpected: [...unexpected],
        }))
      const failed = tests.filter(({ status }) => status === 'fail').length
      return { passed: tests.length - failed, failed, tests }
    },
  }
}
