import type { MetricScope } from '../../metric/metric-records.ts'

export const metricNames = [
  'rows',
  'null_share',
  'distinct',
  'mean',
  'distribution',
  'quarantined_share',
  'updated_share',
] as const
export type MetricName = (typeof metricNames)[number]

/** What a metric measures, as people call it. */
export const metricTitles: Readonly<Record<MetricName, string>> = {
  rows: 'Rows',
  null_share: 'Share of nulls',
  distinct: 'Different values',
  mean: 'Mean',
  distribution: 'Distribution',
  quarantined_share: 'Share held back',
  updated_share: 'Share of updates',
}

/** Names one metric; `company`: of the rows of that company alone. */
export interface MetricKey {
  readonly relation: string
  readonly scope: MetricScope
  readonly column: string | null
  readonly company: string | null
  readonly metric: MetricName
}

/** A key as text, the same for the same metric. */
export function keyText({ relation, scope, column, company, metric }: MetricKey): string {
  return JSON.stringify([relation, scope, column, company, metric])
}

/** Reads what `keyText` wrote. */
export function keyOfText(text: string): MetricKey {
  const [relation, scope, column, company, metric] = JSON.parse(text) as [
    string,
    MetricScope,
    string | null,
    string | null,
    MetricName,
  ]
  return { relation, scope, column, company, metric }
}
