import type { CheckStatus } from '../../kernel/check-status.ts'
import { quoteName, type Connection, type SqlValue } from '../../store/database.ts'
import type { ModelCompiler } from '../model/compile-model.ts'
import type { Check } from '../project/project.ts'
import { statusOf } from './threshold.ts'

/** How a check that blocks parts stands in one of them. */
export interface PartVerdict {
  readonly value: SqlValue
  readonly failures: number
  readonly status: CheckStatus
}

/** Judges, from the failing rows that a run recorded, each part that has some by the check's limits. */
export function judgeParts(
  connection: Connection,
  runId: number,
  check: Check,
  compiler: ModelCompiler,
): readonly PartVerdict[] {
  const per = check.per ?? ''
  const failing = connection
    .prepare(
      'SELECT row ->> ? AS value, count(*) AS failures FROM assay_check_failure WHERE run_id = ? AND name = ? GROUP BY 1 ORDER BY 1',
    )
    .all(`$.${JSON.stringify(per)}`, runId, check.name) as { value: SqlValue; failures: number }[]
  const rows = connection
    .prepare(`SELECT count(*) FROM ${compiler.relation(check.model)} WHERE ${quoteName(per)} IS ?`)
    .pluck()
  return failing.map(({ value, failures }) => ({
    value,
    failures,
    status: statusOf(check, failures, () => Number(rows.get(bound(value)))),
  }))
}

/** An integer as better-sqlite3 must be given it: a number would be bound as a REAL. */
function bound(value: SqlValue): SqlValue {
  return typeof value === 'number' ? BigInt(value) : value
}
