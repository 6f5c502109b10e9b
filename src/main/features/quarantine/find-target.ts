import { AppError } from '../../kernel/app-error.ts'
import { quarantineCondition, quarantineRows } from './conditions.ts'
import type { Desk } from './desk.ts'
import type { RowTarget } from './protocol.ts'

/** Of a target's records those that the workspace's tables do not hold: rows that were staged as they came. */
export function unrecordedOf({ connection }: Desk, target: RowTarget): readonly number[] {
  if (!('ids' in target)) return []
  return connection
    .prepare(
      'SELECT DISTINCT j.value FROM json_each(?) AS j WHERE NOT EXISTS (SELECT 1 FROM assay_record AS r WHERE r.arrival = j.value)',
    )
    .pluck()
    .all(JSON.stringify(target.ids)) as number[]
}

/** Puts the records that a target means into `temp.decided`; returns how many. */
export function findTarget({ connection, publishedRun }: Desk, target: RowTarget): number {
  connection.exec('DROP TABLE IF EXISTS temp.decided; CREATE TABLE temp.decided (arrival INTEGER PRIMARY KEY)')
  if ('ids' in target) {
    connection
      .prepare(
        `INSERT INTO temp.decided SELECT DISTINCT r.arrival FROM json_each(?) AS j CROSS JOIN assay_record AS r ON r.arrival = j.value`,
      )
      .run(JSON.stringify(target.ids))
  } else {
    const { sql, values } = quarantineCondition(target.filter, publishedRun())
    connection.prepare(`INSERT INTO temp.decided SELECT q.arrival FROM ${quarantineRows} WHERE ${sql}`).run(...values)
  }
  return Number(connection.prepare('SELECT count(*) FROM temp.decided').pluck().get())
}

/** The same, where a target without any row is a mistake. */
export function requireTarget(desk: Desk, target: RowTarget): number {
  const rows = findTarget(desk, target)
  if (rows > 0) return rows
  throw new AppError('NOT_FOUND', 'No row of the quarantine matches.', {
    saved: 'Nothing was changed.',
    hint: 'Look at the rows that there are: assay quarantine list.',
  })
}
