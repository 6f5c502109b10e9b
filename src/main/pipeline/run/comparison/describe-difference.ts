import type { ColumnType } from '../../../kernel/column-type.ts'
import { metricTitles } from './metric-key.ts'
import type { MetricUnit } from './metric-kinds.ts'
import type { Difference } from './shapes.ts'

/** A difference in a sentence: what, of what, from what to what, and what was expected. */
export function describeDifference(difference: Omit<Difference, 'sentence'>, type: ColumnType): string {
  const { relation, scope, column, company, metric, before, after, unit, band, unusual, level } = difference
  const place = column === null ? relation : `${relation}.${column}`
  const part = `${scope === 'delivered' ? ', as delivered' : ''}${company === null ? '' : `, company ${company}`}`
  const subject = metric === 'mean' && type === 'date' ? 'Mean age in days' : metricTitles[metric]
  const say = (value: number | null) => formatMetric(value, unit)
  const expected =
    band === null || unusual === null || unusual <= 1
      ? level === 'notable'
        ? '; there is too little history to say whether that is usual'
        : ''
      : `; ${runsWord(band.runs.length)} let expect ${say(squareOf(metric, band.low))} to ${say(squareOf(metric, band.high))}`
  if (metric === 'distribution')
    return `${subject} of ${place}${part}: moved by ${say(squareOf(metric, after ?? 0))}${expected}.`
  return `${subject} of ${place}${part}: ${say(before)} before, ${say(after)} now${expected}.`
}

const squareOf = (metric: Difference['metric'], value: number) =>
  metric === 'distribution' ? Math.max(0, value * Math.abs(value)) : value

const runsWord = (count: number) => `${count} earlier runs`

// Made once: making one takes longer than all that it formats.
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const exact = new Intl.NumberFormat('en', { minimumFractionDigits: 2 })
const rounded = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

/** A metric's value as people read it. */
export function formatMetric(value: number | null, unit: MetricUnit): string {
  if (value === null) return 'none'
  switch (unit) {
    case 'rows':
    case 'values':
      return whole.format(value)
    case 'share':
      return `${(100 * value).toFixed(value !== 0 && Math.abs(value) < 0.01 ? 2 : 1)} %`
    case 'money':
    case 'percent':
      // What is expected of an unsteady metric may be larger than any amount that a column holds.
      return exact.format(Math.round(value) / 100)
    case 'days':
      return value.toFixed(1)
    case 'distance':
      return value.toFixed(value < 0.01 ? 4 : 2)
    case 'number':
      return rounded.format(value)
  }
}
