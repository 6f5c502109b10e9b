import type { ErrorReport } from '../../../kernel/app-error.ts'
import { untouched } from '../../../kernel/untouched.ts'
import type { Connection } from '../../../store/database.ts'
import { readGuards } from '../../model/model-guards.ts'

/** What the guards of models stop a run for; null where they let it pass. */
export function guardProblem(connection: Connection, runId: number): ErrorReport | null {
  const [worst, ...others] = readGuards(connection, runId).filter(({ status }) => status === 'fail')
  if (worst === undefined) return null
  const more = others.length === 0 ? '' : ` ${others.map(({ message }) => message).join(' ')}`
  const isTest = worst.guard === 'unit_test'
  return {
    code: 'RUN_BLOCKED',
    message: `${isTest ? 'A unit test' : 'A guard'} stopped the run. ${worst.message}${more}`,
    place: { table: worst.model },
    saved: untouched,
    hint: isTest
      ? 'Mend the model or its test, then run again; or release the run, if it is right.'
      : 'Look at the profile of the model, mend the feed or the join, then run again; or release the run, if it is right.',
  }
}
