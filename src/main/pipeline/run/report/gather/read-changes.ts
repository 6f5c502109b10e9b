import type { Connection } from '../../../../store/database.ts'
import type { Decisions } from '../report-data.ts'
import type { Mask } from './mask.ts'

const mostChanges = 5

type Change = Decisions['operations']['items'][number]['changes'][number]

interface ChangeRow {
  readonly source: string
  readonly field: string
  readonly raw_value: string | null
  readonly new_value: string | null
  readonly rows: number
}

/** The most frequent changes of an operation: of which field, from what to what. */
export function readChanges(connection: Connection, operation: number, mask: Mask): readonly Change[] {
  const rows = connection
    .prepare(
      `SELECT source, field, raw_value, new_value, count(*) AS rows FROM assay_amendment
      WHERE operation_id = ? AND kind = 'correct' GROUP BY source, field, raw_value, new_value
      ORDER BY count(*) DESC, min(amendment_id) LIMIT ${mostChanges}`,
    )
    .all(operation) as ChangeRow[]
  return rows.map(({ source, field, raw_value: before, new_value: after, rows: count }) => {
    const isHidden = mask.hidesField(source, field)
    return {
      place: field === 'row' ? `${source}, whole record` : `${source}.${field}`,
      before: mask.value(before, isHidden),
      after: mask.value(after, isHidden),
      rows: count,
    }
  })
}

/** The hidden values of an operation that a text quotes. */
export function hiddenValues(connection: Connection, operation: number, text: string, mask: Mask): readonly string[] {
  if (!mask.isOn || text === '') return []
  const quoted = connection
    .prepare(
      `SELECT DISTINCT source, field, value FROM (
        SELECT source, field, trim(raw_value) AS value FROM assay_amendment WHERE operation_id = :operation
        UNION SELECT source, field, trim(new_value) FROM assay_amendment WHERE operation_id = :operation)
      WHERE length(value) > 1 AND instr(lower(:text), lower(value)) > 0`,
    )
    .all({ operation, text }) as { source: string; field: string; value: string }[]
  return quoted.filter(({ source, field }) => mask.hidesField(source, field)).map(({ value }) => value)
}
