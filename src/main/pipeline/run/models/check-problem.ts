import type { ErrorReport } from '../../../kernel/app-error.ts'
import { untouched } from '../../../kernel/untouched.ts'
import type { Connection } from '../../../store/database.ts'
import { counted, countedNoun } from '../../gate/words.ts'

/** So many failed checks are named, the worst of them. */
const mostNamed = 3

interface FailedCheck {
  readonly name: string
  readonly failures: number
  readonly measured: string | null
  readonly expected: string | null
}

/** What the checks of models stop a run for: those that block all of it, by name; null where they let it pass. */
export function checkProblem(connection: Connection, runId: number): ErrorReport | null {
  const failed = connection
    .prepare(
      `SELECT name, failures, measured, expected FROM assay_run_check AS c
      WHERE run_id = ? AND status = 'fail' AND blocking AND NOT EXISTS (
        SELECT 1 FROM assay_run_blocked AS b WHERE b.run_id = c.run_id AND b.check_name = c.name)
      ORDER BY failures DESC, name`,
    )
    .all(runId) as FailedCheck[]
  if (failed.length === 0) return null
  const named = failed.slice(0, mostNamed).map(checkText).join(', ')
  const more = failed.length > mostNamed ? ` and ${counted(failed.length - mostNamed)} more` : ''
  return {
    code: 'RUN_BLOCKED',
    message: `${countedNoun(failed.length, 'blocking check')} failed: ${named}${more}.`,
    place: {},
    saved: untouched,
    hint: 'Look at the failing rows of the checks, mend the feed or the model, then run again.',
  }
}

/** `stg_claims.amount_is_small (14 rows)`; of a check that measures all rows together, what it measured. */
function checkText({ name, failures, measured, expected }: FailedCheck): string {
  const found =
    measured === null ? countedNoun(failures, 'row') : `measured ${measured}, expected ${expected ?? 'otherwise'}`
  return `${name} (${found})`
}
