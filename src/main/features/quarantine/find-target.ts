import { AppError } from '../../kernel/app-error.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { quarantineCondition, quarantineRows } from './conditions.ts'
import type { Desk } from './desk.ts'
import type { RowTarget } from './protocol.ts'

/** Of a target's records those that readers do not see among the known ones: rows that were staged as they came. */
export function unrecordedOf({ connection, publishedRun }: Desk, target: RowTarget): readonly number[] {
  if (!('ids' in target)) return []
  return connection
    .prepare(
      `SELECT DISTINCT j.value FROM json_each(?) AS j
      WHERE NOT EXISTS (SELECT 1 FROM assay_quarantine AS q WHERE q.arrival = j.value AND ${isSeenBy(publishedRun(), 'q')})`,
    )
    .pluck()
    .all(JSON.stringify(target.ids)) as number[]
}

/** The arrival numbers of the records that a target means, in their order. */
export function findTarget({ connection, publishedRun }: Desk, target: RowTarget): readonly number[] {
  if ('ids' in target)
    return connection
      .prepare(
        'SELECT DISTINCT r.arrival FROM json_each(?) AS j CROSS JOIN assay_record AS r ON r.arrival = j.value ORDER BY r.arrival',
      )
      .pluck()
      .all(JSON.stringify(target.ids)) as number[]
  const { sql, values } = quarantineCondition(target.filter, publishedRun())
  return connection
    .prepare(`SELECT q.arrival FROM ${quarantineRows} WHERE ${sql} ORDER BY q.arrival`)
    .pluck()
    .all(...values) as number[]
}

/** The same, where a target without any row is a mistake. */
export function requireTarget(desk: Desk, target: RowTarget): readonly number[] {
  const arrivals = findTarget(desk, target)
  if (arrivals.length > 0) return arrivals
  throw new AppError('NOT_FOUND', 'No row of the quarantine matches.', {
    saved: 'Nothing was changed.',
    hint: 'Look at the rows that there are: assay quarantine list.',
  })
}
