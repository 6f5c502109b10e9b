import type { HistoryPoint } from './history-point.ts'

/** So large a part of all steps goes up where a metric grows, as rows that are only ever added to do. */
const growing = 0.9

/**
 * The history of a metric that grows as what it would have come to from its last value by each step it took: what is usual then is the
 * step, not the size that a trend would blow up. One that does not grow stays as it is; steps over runs that teach nothing are one step.
 */
export function bringToGrowth(history: readonly HistoryPoint[], run: number): readonly HistoryPoint[] {
  const known = history.filter((point) => point.run < run && point.label !== 'incident')
  const last = known.at(-1)
  const steps = known.slice(1).map((point, at) => ({ point, step: point.value - (known[at]?.value ?? 0) }))
  const ups = steps.filter(({ step }) => step >= 0).length
  const grows = steps.some(({ step }) => step > 0) && ups >= growing * steps.length
  if (last === undefined || !grows) return history
  return steps.map(({ point, step }) => ({ ...point, value: last.value + step }))
}
