import { isSeenBy } from '../../store/versioned-table.ts'
import type { QuarantineFilter } from './protocol.ts'

/** SQL with the values for its question marks, in order. */
export interface Condition {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

type Facet = 'source' | 'reason' | 'file' | 'run'

function isOneOf(column: string, values: readonly (string | number)[]): Condition {
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values }
}

/** The condition on `assay_quarantine AS q` that a filter means, as run `runId` sees it; a facet may be left out. */
export function quarantineCondition(filter: QuarantineFilter, runId: number, without?: Facet): Condition {
  const parts: Condition[] = [{ sql: isSeenBy(runId), values: [] }]
  const wanted = (facet: Facet) => (facet === without ? [] : (filter[facet] ?? []))
  if (wanted('source').length > 0) parts.push(isOneOf('q.source', wanted('source')))
  if (wanted('file').length > 0) parts.push(isOneOf('q.file', wanted('file')))
  if (wanted('run').length > 0) parts.push(isOneOf('q.first_run', wanted('run')))
  const reasons = wanted('reason').map(String)
  if (reasons.length > 0) {
    const pairs = reasons.map((reason) => reason.split(': '))
    parts.push({
      sql: `q.arrival IN (SELECT arrival FROM assay_finding WHERE is_quarantined = 1 AND ${isSeenBy(runId)} AND (${pairs.map(() => '(field = ? AND rule = ?)').join(' OR ')}))`,
      values: pairs.flatMap(([field = '', rule = '']) => [field, rule]),
    })
  }
  const text = filter.text?.trim() ?? ''
  if (text !== '') {
    const pattern = `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
    parts.push({
      sql: "(q.raw LIKE ? ESCAPE '\\' OR (q.file || ':' || q.line) LIKE ? ESCAPE '\\')",
      values: [pattern, pattern],
    })
  }
  return { sql: parts.map((part) => part.sql).join(' AND '), values: parts.flatMap((part) => part.values) }
}
