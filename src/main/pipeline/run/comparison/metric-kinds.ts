import type { ColumnType } from '../../../kernel/column-type.ts'
import type { MetricScale } from '../../drift/metric-scale.ts'
import type { MetricName } from './metric-key.ts'

export type MetricUnit = 'rows' | 'share' | 'values' | 'money' | 'days' | 'percent' | 'number' | 'distance'

/** What is kept of a column in a run, or of a relation as a whole. */
export interface MetricFacts {
  readonly rows: number
  readonly nulls: number
  readonly distinct: number
  readonly total: number | null
  readonly shift: number | null
  readonly type: ColumnType
  /** The run's as-of date, in days. */
  readonly asOf: number
}

export interface MetricKind {
  /** The value in its unit; null where there is none. */
  valueOf(facts: MetricFacts): number | null
  unitOf(type: ColumnType): MetricUnit
  readonly scaleOf: (type: ColumnType) => MetricScale
  /** The smallest difference that matters: a part of the expected value for a ratio, else in the unit of the metric. */
  readonly floor: number
  /** A difference that is worth a look, as `floor`: the effect 1. */
  readonly noticeable: number
  /** Only more of it is a reason to look. */
  readonly isOneSided?: true
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : null)

/** How each metric of columns and relations is read and judged; the floors keep what nobody would act on from being an alarm. */
export const columnKinds: Readonly<Record<Exclude<MetricName, 'quarantined_share' | 'updated_share'>, MetricKind>> = {
  rows: {
    valueOf: ({ rows }) => rows,
    unitOf: () => 'rows',
    scaleOf: () => 'ratio',
    floor: 0.1,
    noticeable: 0.1,
  },
  null_share: {
    valueOf: ({ nulls, rows }) => share(nulls, rows),
    unitOf: () => 'share',
    scaleOf: () => 'share',
    floor: 0.01,
    noticeable: 0.05,
  },
  distinct: {
    valueOf: ({ distinct, rows }) => (rows > 0 ? distinct : null),
    unitOf: () => 'values',
    scaleOf: () => 'ratio',
    floor: 0.1,
    noticeable: 0.15,
  },
  mean: {
    valueOf: ({ total, rows, nulls, type, asOf }) => {
      if (total === null || rows <= nulls || type === 'timestamp') return null
      const mean = total / (rows - nulls)
      // Days by how old they are: tomorrow's rows are a day later, and just as they should be.
      return type === 'date' ? asOf - mean : mean
    },
    unitOf: (type) =>
      type === 'money'
        ? 'money'
        : type === 'date'
          ? 'days'
          : type === 'percent'
            ? 'percent'
            : type === 'boolean'
              ? 'share'
              : 'number',
    scaleOf: (type) => (type === 'boolean' ? 'share' : type === 'date' ? 'difference' : 'ratio'),
    floor: 0.05,
    noticeable: 0.1,
  },
  distribution: {
    // The root of the index is to chance what a deviation is: small changes differ by little.
    valueOf: ({ shift }) => (shift === null ? null : Math.sqrt(Math.max(shift, 0))),
    unitOf: () => 'distance',
    scaleOf: () => 'difference',
    floor: Math.sqrt(0.02),
    noticeable: Math.sqrt(0.1),
    isOneSided: true,
  },
}

/** The days by which the mean age may move before it matters. */
const daysFloor = 14

/** Floor and noticeable difference of a metric of a column of this type. */
export function marginsOf(kind: MetricKind, type: ColumnType): { readonly floor: number; readonly noticeable: number } {
  const isAge = kind === columnKinds.mean && type === 'date'
  const isShare = kind === columnKinds.mean && type === 'boolean'
  if (isAge) return { floor: daysFloor, noticeable: 2 * daysFloor }
  return isShare ? { floor: 0.02, noticeable: 0.05 } : kind
}
