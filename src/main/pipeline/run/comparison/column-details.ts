import type { ColumnType } from '../../../kernel/column-type.ts'
import { formatCell, formatters } from '../../../kernel/format-value.ts'
import type { ColumnMetric } from '../../metric/column-metric.ts'
import { binStart } from '../../metric/number-bins.ts'
import { quantileOfCounts } from '../../drift/quantile-of-counts.ts'

const shares = [0.05, 0.25, 0.5, 0.75, 0.95]

/** All that is kept of a column's values, as a person reads it. */
export interface ColumnSummary {
  readonly rows: number
  readonly nulls: number
  readonly distinct: number
  readonly is_distinct_exact: boolean
  readonly min: string | null
  readonly max: string | null
  readonly mean: string | null
  readonly sum: string | null
  readonly quantiles: { readonly share: number; readonly value: string }[]
  readonly lengths: {
    readonly min: number
    readonly max: number
    readonly mean: number
    readonly counts: { readonly position: number; readonly count: number }[]
  } | null
}

/** A column's metric for people. */
export function summaryOf(metric: ColumnMetric): ColumnSummary {
  const { type, rows, nulls, min, max, sum, detail } = metric
  const say = (value: number | null) => (value === null ? null : textOf(type, value))
  const values = rows - nulls
  return {
    rows,
    nulls,
    distinct: metric.distinct,
    is_distinct_exact: detail.isComplete,
    min: say(min),
    max: say(max),
    mean: sum === null || values === 0 ? null : meanOf(type, sum / values),
    sum: sum === null || type === 'date' || type === 'timestamp' || type === 'boolean' ? null : say(sum),
    quantiles: type === 'text' || type === 'boolean' || values === 0 ? [] : quantilesOf(metric),
    lengths: type === 'text' && values > 0 ? lengthsOf(detail.lengths) : null,
  }
}

/** A whole value of a column as a person reads it. */
export function textOf(type: ColumnType, value: number | string): string {
  return typeof value === 'string' ? value : (formatCell(type, Math.round(value)) ?? '')
}

function meanOf(type: ColumnType, mean: number): string {
  if (type === 'boolean') return `${(100 * mean).toFixed(1)} %`
  return type === 'integer' ? mean.toFixed(2) : textOf(type, mean)
}

/** Exact where all values are counted, else to the bin. */
function quantilesOf({ type, detail, min, max }: ColumnMetric): ColumnSummary['quantiles'] {
  const places = detail.isComplete
    ? detail.values.map(([value, count]) => [Number(value), count] as const).toSorted(([one], [other]) => one - other)
    : detail.bins.map(([bin, count]) => [binStart(type, bin), count] as const)
  return shares.flatMap((share) => {
    const value = quantileOfCounts(
      places.map(([position]) => position),
      places.map(([, count]) => count),
      share,
    )
    if (value === null) return []
    return [{ share, value: textOf(type, Math.min(Math.max(value, min ?? value), max ?? value)) }]
  })
}

function lengthsOf(lengths: ColumnMetric['detail']['lengths']): ColumnSummary['lengths'] {
  const rows = lengths.reduce((sum, [, count]) => sum + count, 0)
  const characters = lengths.reduce((sum, [length, count]) => sum + length * count, 0)
  return {
    min: lengths[0]?.[0] ?? 0,
    max: lengths.at(-1)?.[0] ?? 0,
    mean: rows === 0 ? 0 : characters / rows,
    counts: lengths.map(([position, count]) => ({ position, count })),
  }
}

/** The day that a bin of days begins with, or the number. */
export function binText(type: ColumnType, bin: number): string {
  return type === 'timestamp'
    ? formatters.date(Math.round(binStart(type, bin) / 86_400_000))
    : textOf(type, binStart(type, bin))
}
