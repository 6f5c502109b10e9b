import type { ColumnDetail, ColumnMetric } from './column-metric.ts'

/** The metrics of a column in several deliveries as those of all their rows; the first is the last one, undefined where there is none. */
export function poolColumns(metrics: readonly ColumnMetric[]): ColumnMetric | undefined {
  const [last] = metrics
  if (last === undefined || metrics.length === 1) return last
  const alike = metrics.filter(({ type }) => type === last.type)
  const details = alike.map(({ detail }) => detail)
  const values = addUp(details, 'values')
  const isComplete = details.every((detail) => detail.isComplete)
  const sum = (of: (metric: ColumnMetric) => number) => alike.reduce((total, metric) => total + of(metric), 0)
  return {
    ...last,
    rows: sum(({ rows }) => rows),
    nulls: sum(({ nulls }) => nulls),
    distinct: isComplete ? values.length : Math.max(...alike.map(({ distinct }) => distinct)),
    min: least(alike.flatMap(({ min }) => min ?? [])),
    max: greatest(alike.flatMap(({ max }) => max ?? [])),
    sum: last.sum === null ? null : sum((metric) => metric.sum ?? 0),
    detail: {
      values,
      isComplete,
      bins: addUp(details, 'bins'),
      lengths: addUp(details, 'lengths'),
      shapes: addUp(details, 'shapes'),
    },
  }
}

function addUp<Part extends 'values' | 'bins' | 'lengths' | 'shapes'>(
  details: readonly ColumnDetail[],
  part: Part,
): ColumnDetail[Part] {
  const counts = new Map<string | number, number>()
  for (const detail of details) for (const [key, rows] of detail[part]) counts.set(key, (counts.get(key) ?? 0) + rows)
  return [...counts] as unknown as ColumnDetail[Part]
}

const least = (numbers: readonly number[]) => (numbers.length === 0 ? null : Math.min(...numbers))
const greatest = (numbers: readonly number[]) => (numbers.length === 0 ? null : Math.max(...numbers))
