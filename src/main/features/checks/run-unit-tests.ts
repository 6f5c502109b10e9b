import type { OutputOf } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { runUnitTest } from '../../pipeline/check/run-unit-test.ts'
import type { Project } from '../../pipeline/project/project.ts'
import { openScratch } from '../../store/database.ts'
import type { checksMethods } from './protocol.ts'

/** Runs the unit tests of a project's models, or of one; no workspace is needed. */
export function runUnitTests(project: Project, model: string | undefined): OutputOf<typeof checksMethods.test> {
  if (model !== undefined && !project.models.has(model))
    throw new AppError('NOT_FOUND', `The project has no model ${model}.`)
  const connection = openScratch()
  try {
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
  } finally {
    connection.close()
  }
}
