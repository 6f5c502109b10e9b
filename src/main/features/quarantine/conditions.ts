import { now } from '../../kernel/clock.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import type { QuarantineFilter } from './protocol.ts'

/** SQL with the values for its question marks, in order. */
export interface Condition {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** The rows that conditions are about: `q` how a record stands, `w` what waits for a replay. */
export const quarantineRows = 'assay_quarantine AS q LEFT JOIN assay_waiting AS w ON w.arrival = q.arrival'

/** How a row stands with all that people decided. */
export const effectiveState = 'coalesce(w.state, q.state)'

const dayMilliseconds = 86_400_000
const ageDays = { '1 day': [0, 1], '7 days': [1, 7], '30 days': [7, 30], older: [30, 100_000] } as const

function isOneOf(column: string, values: readonly (string | number)[]): Condition {
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values }
}

/** All conditions at once. */
export function allOf(parts: readonly Condition[]): Condition {
  return { sql: parts.map((part) => part.sql).join(' AND '), values: parts.flatMap((part) => part.values) }
}

/** The condition that a filter means, as run `runId` sees the rows. */
export function quarantineCondition(filter: QuarantineFilter, runId: number): Condition {
  return allOf([...placeConditions(filter, runId), stateCondition(filter), ...reasonCondition(filter, runId)])
}

/** What the filter says of how rows stand; what readers see as held back, where it says nothing. */
export function stateCondition(filter: QuarantineFilter): Condition {
  if (filter.state === undefined || filter.state.length === 0) return { sql: "q.state = 'open'", values: [] }
  return isOneOf(effectiveState, filter.state)
}

/** What the filter says of where rows came from and of their text. */
export function placeConditions(filter: QuarantineFilter, runId: number): readonly Condition[] {
  const parts: Condition[] = [{ sql: isSeenBy(runId, 'q'), values: [] }]
  const columns = { source: 'q.source', file: 'q.file', company: 'q.company' } as const
  for (const [facet, column] of Object.entries(columns)) {
    const values = filter[facet as keyof typeof columns] ?? []
    if (values.length > 0) parts.push(isOneOf(column, values))
  }
  if (filter.run !== undefined && filter.run.length > 0) parts.push(isOneOf('q.first_run', filter.run))
  if (filter.age !== undefined && filter.age.length > 0) parts.push(ageCondition(filter.age))
  if (filter.waiting !== undefined)
    parts.push({ sql: `w.arrival IS ${filter.waiting ? 'NOT NULL' : 'NULL'}`, values: [] })
  const text = filter.text?.trim() ?? ''
  if (text !== '') {
    const pattern = `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
    parts.push({
      sql: "(q.arrival IN (SELECT arrival FROM assay_record WHERE raw LIKE ? ESCAPE '\\') OR (q.file || ':' || q.line) LIKE ? ESCAPE '\\')",
      values: [pattern, pattern],
    })
  }
  return parts
}

function ageCondition(ages: readonly (keyof typeof ageDays)[]): Condition {
  const at = now()
  const spans = ages.map((age) => ageDays[age])
  return {
    sql: `q.first_run IN (SELECT run_id FROM assay_run WHERE ${spans.map(() => '(started_at > ? AND started_at <= ?)').join(' OR ')})`,
    values: spans.flatMap(([from, to]) => [at - to * dayMilliseconds, at - from * dayMilliseconds]),
  }
}

/** The age of a row whose first run started then. */
export function ageOf(startedAt: number): keyof typeof ageDays {
  const days = (now() - startedAt) / dayMilliseconds
  return days < 1 ? '1 day' : days < 7 ? '7 days' : days < 30 ? '30 days' : 'older'
}

/** What the filter says of the reasons: one finding of the row has all of it. */
export function reasonCondition(filter: QuarantineFilter, runId: number): readonly Condition[] {
  const parts: Condition[] = []
  const reasons = filter.reason ?? []
  if (reasons.length > 0)
    parts.push({
      sql: `(${reasons.map(() => '(f.field = ? AND f.rule = ?)').join(' OR ')})`,
      values: reasons.flatMap((reason) => splitReason(reason)),
    })
  if (filter.field !== undefined && filter.field.length > 0) parts.push(isOneOf('f.field', filter.field))
  if (filter.rule !== undefined && filter.rule.length > 0) parts.push(isOneOf('f.rule', filter.rule))
  if (filter.value !== undefined && filter.value.length > 0)
    parts.push(isOneOf("coalesce(f.raw_value, '')", filter.value))
  if (parts.length === 0) return []
  const { sql, values } = allOf(parts)
  const findings = (seen: string) =>
    `q.arrival IN (SELECT f.arrival FROM assay_finding AS f WHERE f.is_quarantined = 1 AND ${seen} AND ${sql})`
  // Of rows that were settled the reasons are no more; those that they had count.
  return [
    {
      sql: `(${findings(isSeenBy(runId))} OR (q.state <> 'open' AND ${findings(`f.from_run <= ${runId}`)}))`,
      values: [...values, ...values],
    },
  ]
}

/** Field and rule of a reason's name. */
export function splitReason(reason: string): readonly [field: string, rule: string] {
  const [field = '', rule = ''] = reason.split(': ')
  return [field, rule]
}
