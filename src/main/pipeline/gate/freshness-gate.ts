import { formatters } from '../../kernel/format-value.ts'
import type { GateSettings } from '../contract/gate-settings.ts'
import type { Delivery, GateVerdict } from './delivery.ts'

const dayMilliseconds = 86_400_000

/** Judges how old the newest row of a delivery is on the run's as-of date; null where the contract asks for nothing. */
export function judgeFreshness(delivery: Delivery, { freshness }: GateSettings, asOf: number): GateVerdict | null {
  if (freshness === null) return null
  const { source, newest } = delivery
  const { warn_after: warnAfter, error_after: errorAfter, severity } = freshness
  const facts = { gate: 'freshness', low: null, learnedFrom: [] } as const
  const high = warnAfter ?? errorAfter ?? null
  if (newest === null)
    return { ...facts, status: 'quiet', value: null, high, message: `${source}: no row says how recent it is.` }
  const newestDay = Math.floor(newest / dayMilliseconds)
  const age = Math.max(0, asOf - newestDay)
  const isOver = (limit: number | undefined) => limit !== undefined && age > limit
  const isHeld = severity === 'error' && isOver(errorAfter)
  const isLate = isOver(warnAfter) || isOver(errorAfter)
  const limit = isOver(errorAfter) ? errorAfter : warnAfter
  const newestRow = `its newest row is of ${formatters.date(newestDay)}, ${age} ${age === 1 ? 'day' : 'days'} before ${formatters.date(asOf)}`
  return {
    ...facts,
    status: isHeld ? 'held' : isLate ? 'warn' : 'pass',
    value: age,
    high: limit ?? high,
    message: isLate
      ? `${source}: the feed is stale: ${newestRow}; the contract allows ${limit} days.`
      : `${source}: fresh: ${newestRow}.`,
  }
}
