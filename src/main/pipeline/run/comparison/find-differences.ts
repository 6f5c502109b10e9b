import type { HistoryPoint } from '../../drift/history-point.ts'
import { shiftByChance } from '../../drift/chance-shift.ts'
import { distributionShift } from '../../drift/distribution-shift.ts'
import { heldAgainst, readColumnMetrics, type MetricScope } from '../../metric/metric-records.ts'
import { isSeenBy } from '../../../store/versioned-table.ts'
import type { Workbench } from '../open-workbench.ts'
import { judgeDifference } from './judge-difference.ts'
import { layerOf } from './layers-of.ts'
import type { MetricKey } from './metric-key.ts'
import { columnKinds } from './metric-kinds.ts'
import { factsAt, typeOf, wholeRelation, type FactsHistory, type MeasuredFacts, type PastRun } from './read-history.ts'
import type { RunLabels } from './read-labels.ts'
import type { Difference, RunPair } from './shapes.ts'

const ofColumns = ['null_share', 'distinct', 'mean', 'distribution'] as const

/** The metrics of sources, models and columns that differ between two runs or are unusual at the later one. */
export function findDifferences(
  workbench: Workbench,
  facts: FactsHistory,
  pair: RunPair,
  past: readonly PastRun[],
  labels: RunLabels,
): readonly Difference[] {
  const { project } = workbench
  const found: Difference[] = []
  const isNext = past.at(-1)?.run === pair.a
  const distances = createDistances(workbench, pair)
  for (const { relation, scope, column } of facts.names) {
    const rows = facts.of(relation, scope, column)
    const [one, other] = [factsAt(rows, pair.a), factsAt(rows, pair.b)]
    if (other === undefined && scope === 'delivered') continue
    // Not measured again, since nothing touched it: what was unusual of it then was told then.
    if (one !== undefined && one === other) continue
    const type = typeOf(rows)
    const isWhole = column === wholeRelation
    const metrics: readonly (keyof typeof columnKinds)[] = isWhole ? ['rows'] : ofColumns
    for (const metric of metrics) {
      const kind = columnKinds[metric]
      const key: MetricKey = { relation, scope, column: isWhole ? null : column, company: null, metric }
      const valueAfter = () => {
        if (metric !== 'distribution' || isNext) return other === undefined ? null : kind.valueOf(other)
        const shift = distances(relation, scope).get(column)
        return shift === undefined ? null : Math.sqrt(shift)
      }
      const difference = judgeDifference(
        {
          key,
          kind,
          type,
          layer: layerOf(project, relation),
          before: one === undefined ? null : kind.valueOf(one),
          after: valueAfter(),
          ...(metric === 'distribution' && {
            judged: other === undefined ? null : kind.valueOf(other),
            floor: other === undefined ? 0 : chanceOf(rows.slice(0, rows.indexOf(other)), other),
          }),
          history: historyOf(facts, key, past, labels),
          label: labels.of(pair.b, key),
        },
        other === undefined ? { run: pair.b, day: pair.asOfB } : placeOf(key, other),
      )
      if (difference !== null) found.push(difference)
    }
  }
  return found
}

/** Chance moves the rows of a state in clusters of so many. */
const clustered = 2

/** The distance that chance may bring about from the versions before to the next. */
function chanceOf(earlier: readonly MeasuredFacts[], { rows, nulls, distinct, type, scope }: MeasuredFacts): number {
  const isDay = type === 'date' || type === 'timestamp'
  const before = earlier.slice(scope === 'state' || isDay ? -1 : -heldAgainst)
  const isAllDifferent = rows - nulls < 2 * distinct
  const groups =
    type === 'text' ? (isAllDifferent ? 10 : Math.min(distinct + 1, 60)) : distinct > 30 ? 10 : distinct + 1
  const rowsBefore = before.reduce((sum, one) => sum + one.rows - one.nulls, 0)
  // Rows of a model hang together: a burst of one company is a burst of rows.
  return Math.sqrt((scope === 'state' ? clustered : 1) * shiftByChance(groups, rowsBefore, rows - nulls))
}

/** How far the columns of a relation moved between two runs, relation by relation, each read once. */
function createDistances({ connection }: Workbench, { a, b, asOfA, asOfB }: RunPair) {
  const known = new Map<string, ReadonlyMap<string, number>>()
  return (relation: string, scope: MetricScope): ReadonlyMap<string, number> => {
    const place = `${relation} ${scope}`
    const distances = known.get(place) ?? measure(relation, scope)
    known.set(place, distances)
    return distances
  }

  function measure(relation: string, scope: MetricScope): ReadonlyMap<string, number> {
    const at = (run: number) =>
      readColumnMetrics(connection, relation, scope, scope === 'delivered' ? `from_run = ${run}` : isSeenBy(run))
    const before = new Map(at(a).map((metric) => [metric.column, metric]))
    return new Map(
      at(b).flatMap((metric) => {
        const earlier = before.get(metric.column)
        const shift = earlier === undefined ? null : distributionShift(earlier, metric, asOfB - asOfA)
        return shift === null ? [] : [[metric.column, shift] as const]
      }),
    )
  }
}

/** A metric in the runs that can teach it, oldest first. */
export function historyOf(
  facts: FactsHistory,
  key: MetricKey,
  past: readonly PastRun[],
  labels: RunLabels,
): readonly HistoryPoint[] {
  const measured = new Map(
    facts.of(key.relation, key.scope, key.column ?? wholeRelation).map((row) => [row.from_run, row]),
  )
  const kind = columnKinds[key.metric as keyof typeof columnKinds]
  return past.flatMap(({ run }) => {
    // Runs that did not measure it again tell nothing of how it varies.
    const at = measured.get(run)
    const value = at === undefined || (key.scope === 'state' && at.isReplaced === 1) ? null : kind.valueOf(at)
    return at === undefined || value === null ? [] : [{ ...placeOf(key, at), value, label: labels.of(run, key) }]
  })
}

/** When a metric was measured, and of how many rows where that is why it varies. */
function placeOf({ scope, metric }: MetricKey, facts: MeasuredFacts): { run: number; day: number; rows?: number } {
  const { from_run: run, asOf: day, rows, nulls } = facts
  if (scope === 'state' || metric === 'rows') return { run, day }
  return { run, day, rows: metric === 'null_share' ? rows : rows - nulls }
}
