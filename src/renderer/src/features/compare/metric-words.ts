import { metricTitles } from '#features/compare'
import type { Band, MetricKey, MetricName, MetricUnit, RunLabel } from '#features/compare'
import { formatCents, formatChange, formatCount, formatNumber, formatShare } from '../../lib/format.ts'

/** What a metric measures; of days the mean is their age. */
export function metricName(metric: MetricName, unit?: MetricUnit): string {
  return unit === 'days' ? 'Mean age' : metricTitles[metric]
}

/** Which rows are measured. */
export function scopeName(scope: MetricKey['scope']): string {
  return scope === 'delivered' ? 'delivered' : 'all rows'
}

/** What it is measured of: relation, column, company. */
export function metricPlace({ relation, column, company }: MetricKey): string {
  return [relation, column, company].filter((part) => part !== null).join(' · ')
}

/** A metric's value as it is read; nothing where there is none. */
export function metricText(unit: MetricUnit, value: number | null): string {
  if (value === null) return ''
  switch (unit) {
    case 'rows':
    case 'values':
      return formatCount(Math.round(value))
    case 'share':
      return formatShare(value)
    case 'money':
      return formatCents(value)
    case 'days':
      return `${formatNumber(value)} d`
    case 'percent':
      return `${formatNumber(value / 100)}%`
    case 'distance':
      return value.toFixed(3)
    case 'number':
      return formatNumber(value)
  }
}

/** How far a metric moved: shares in percentage points, days in days, all else against what it was. */
export function changeText(unit: MetricUnit, before: number | null, after: number | null): string {
  if (before === null || after === null) return ''
  const change = after - before
  if (unit === 'share') return `${signed(change * 100, 1)} pts`
  if (unit === 'percent') return `${signed(change / 100, 2)} pts`
  if (unit === 'days') return `${signed(change, 1)} d`
  if (unit === 'distance') return ''
  if (before === 0) return unit === 'money' ? `${change < 0 ? '' : '+'}${formatCents(change)}` : formatChange(change)
  return `${signed((change / Math.abs(before)) * 100, 1)}%`
}

/** What history lets expect; nothing where there is too little of it. */
export function expectedText(unit: MetricUnit, band: Band | null): string {
  return band === null ? '' : `${metricText(unit, band.low)} to ${metricText(unit, band.high)}`
}

/** How unusual, as people say it: times the distance from what is expected to the edge of the band. */
export function unusualText(unusual: number | null): string {
  if (unusual === null) return 'little history'
  return `${unusual >= 100 ? '99+' : unusual.toFixed(1)}×`
}

/** All labels, in the order in which they are offered. */
export const labels: readonly RunLabel[] = ['incident', 'expected', 'new_level', 'clean']

export const labelWords = {
  incident: 'Incident',
  expected: 'Expected change',
  new_level: 'New level',
  clean: 'Clean',
} as const satisfies Record<RunLabel, string>

/** What each label teaches. */
export const labelMeanings = {
  incident: 'It was wrong; nothing is learned from it.',
  expected: 'Unusual, but right this once.',
  new_level: 'Right from now on; what came before no longer counts.',
  clean: 'As usual; it is learned from.',
} as const satisfies Record<RunLabel, string>

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  if (Number(text) === 0) return `±${text}`
  return `${value > 0 ? '+' : '−'}${text}`
}
