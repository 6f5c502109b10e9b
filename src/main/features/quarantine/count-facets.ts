import type { Connection } from '../../store/database.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import {
  ageOf,
  allOf,
  placeConditions,
  quarantineRows,
  reasonCondition,
  splitReason,
  stateCondition,
  type Condition,
} from './conditions.ts'
import type { FacetValue, QuarantineFilter, RowState } from './protocol.ts'

interface Combination {
  readonly published: 'open' | 'discarded' | 'released' | 'waived'
  readonly waiting: 'open' | 'corrected' | 'waived' | 'discarded' | null
  readonly source: string
  readonly file: string
  readonly company: string | null
  readonly run: number
  readonly count: number
}

type PlaceFacet = 'state' | 'source' | 'file' | 'company' | 'run' | 'age'

/** How many rows each value of each facet has, under the filters of the other facets. */
export function countFacets(connection: Connection, filter: QuarantineFilter, runId: number) {
  const combinations = readCombinations(connection, filter, runId)
  const ages = new Map(
    (
      connection.prepare('SELECT run_id, started_at FROM assay_run').all() as { run_id: number; started_at: number }[]
    ).map(({ run_id, started_at }) => [run_id, ageOf(started_at)]),
  )
  const valueOf: Readonly<Record<PlaceFacet, (row: Combination) => string>> = {
    state: (row): RowState => row.waiting ?? row.published,
    source: (row) => row.source,
    file: (row) => row.file,
    company: (row) => row.company ?? '',
    run: (row) => String(row.run),
    age: (row) => ages.get(row.run) ?? 'older',
  }
  const wanted = Object.fromEntries(
    (Object.keys(valueOf) as PlaceFacet[]).map((facet) => [facet, new Set((filter[facet] ?? []).map(String))]),
  ) as Record<PlaceFacet, Set<string>>
  const lets = (facet: PlaceFacet, row: Combination) =>
    wanted[facet].size === 0 ? facet !== 'state' || row.published === 'open' : wanted[facet].has(valueOf[facet](row))
  const facets = Object.keys(valueOf) as PlaceFacet[]
  const count = (counted: PlaceFacet | null) => {
    const counts = new Map<string, number>()
    for (const row of combinations) {
      if (!facets.every((facet) => facet === counted || lets(facet, row))) continue
      const value = counted === null ? (row.waiting === null ? '' : 'waiting') : valueOf[counted](row)
      counts.set(value, (counts.get(value) ?? 0) + row.count)
    }
    return counts
  }
  const all = count(null)
  return {
    total: [...all.values()].reduce((sum, rows) => sum + rows, 0),
    waiting: all.get('waiting') ?? 0,
    state: byCount(count('state')),
    source: byCount(count('source')),
    file: byCount(count('file')),
    company: byCount(count('company')).filter(({ value }) => value !== ''),
    run: byCount(count('run')),
    age: byCount(count('age')),
    ...countReasons(connection, filter, runId),
  }
}

/**
 * The combinations of the facets of place, which are few: the facets are sums over those that the others let through. Counted in the
 * order of an index, as readers see the rows; the rows that wait, mostly few, are then moved to where they stand now.
 */
function readCombinations(connection: Connection, filter: QuarantineFilter, runId: number): Combination[] {
  const { text, waiting } = filter
  const only = { ...(text === undefined ? {} : { text }), ...(waiting === undefined ? {} : { waiting }) }
  const { sql, values } = allOf([...placeConditions(only, runId), ...reasonCondition(filter, runId)])
  const grouped = (state: string, from: string) =>
    connection
      .prepare(
        `SELECT q.state AS published, ${state} AS waiting, q.source, q.file, q.company, q.first_run AS run, count(*) AS count
        FROM ${from} WHERE ${sql} GROUP BY ${state === 'NULL' ? '' : 'w.state, '}q.state, q.source, q.file, q.company, q.first_run`,
      )
      .all(...values) as Combination[]
  if (waiting !== undefined) return grouped('w.state', quarantineRows)
  const moved = grouped('w.state', 'assay_waiting AS w CROSS JOIN assay_quarantine AS q ON q.arrival = w.arrival')
  return [
    ...grouped('NULL', 'assay_quarantine AS q'),
    ...moved,
    ...moved.map((row) => ({ ...row, waiting: null, count: -row.count })),
  ]
}

/** Facet values with the most rows first, at most as many as anyone would look at. */
function byCount(counts: ReadonlyMap<string, number>): FacetValue[] {
  return [...counts]
    .flatMap(([value, count]) => (count > 0 ? [{ value, count }] : []))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, 500)
}

type ReasonFacet = 'reason' | 'field' | 'rule' | 'value'

interface ReasonGroup {
  readonly field: string
  readonly rule: string
  readonly value: string
  readonly count: number
}

/** The facets of reasons: one pass counts the findings of the rows that the other filters let through. */
function countReasons(
  connection: Connection,
  filter: QuarantineFilter,
  runId: number,
): Record<ReasonFacet, FacetValue[]> {
  const isSettled = (filter.state ?? []).some((state) => state !== 'open' && state !== 'corrected')
  const narrowing: readonly Condition[] = [
    ...placeConditions(filter, runId).slice(1),
    ...(filter.state?.length ? [stateCondition(filter)] : []),
  ]
  const { sql, values } = allOf([...placeConditions(filter, runId), stateCondition(filter)])
  const narrowed =
    narrowing.length === 0 ? '' : `AND f.arrival IN (SELECT q.arrival FROM ${quarantineRows} WHERE ${sql})`
  const seen = isSettled ? `f.from_run <= ${runId}` : isSeenBy(runId)
  // Values mean something only under a field or a rule: without one they are not counted.
  const hasValues = [filter.reason, filter.field, filter.rule, filter.value].some((wanted) => (wanted?.length ?? 0) > 0)
  const counted = hasValues ? "coalesce(raw_value, '')" : "''"
  const groups = connection
    .prepare(
      `SELECT field, rule, ${counted} AS value, count(${isSettled ? 'DISTINCT arrival' : '*'}) AS count FROM assay_finding AS f
      WHERE f.is_quarantined = 1 AND ${seen} ${narrowed} GROUP BY field, rule${hasValues ? ', raw_value' : ''}`,
    )
    .all(...(narrowing.length === 0 ? [] : values)) as ReasonGroup[]
  const reasons = new Set((filter.reason ?? []).map((reason) => splitReason(reason).join(': ')))
  const valueOf: Readonly<Record<ReasonFacet, (group: ReasonGroup) => string>> = {
    reason: ({ field, rule }) => `${field}: ${rule}`,
    field: ({ field }) => field,
    rule: ({ rule }) => rule,
    value: ({ value }) => value,
  }
  const wanted: Readonly<Record<ReasonFacet, ReadonlySet<string>>> = {
    reason: reasons,
    field: new Set(filter.field),
    rule: new Set(filter.rule),
    value: new Set(filter.value),
  }
  const facets = Object.keys(valueOf) as ReasonFacet[]
  const count = (own: ReasonFacet) => {
    const counts = new Map<string, number>()
    for (const group of groups) {
      const isLet = facets.every(
        (facet) => facet === own || wanted[facet].size === 0 || wanted[facet].has(valueOf[facet](group)),
      )
      if (!isLet) continue
      const value = valueOf[own](group)
      counts.set(value, (counts.get(value) ?? 0) + group.count)
    }
    return byCount(counts)
  }
  return {
    reason: count('reason'),
    field: count('field'),
    rule: count('rule'),
    value: hasValues ? count('value') : [],
  }
}
