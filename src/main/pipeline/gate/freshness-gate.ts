import { formatters } from '../../kernel/format-value.ts'
import type { GateSettings } from '../contract/gate-settings.ts'
import type { Delivery, GateVerdict } from './delivery.ts'

const dayMilliseconds = 86_400_000

type Dated = Pick<Delivery, 'source' | 'files' | 'newestFile' | 'newest'>

/**
 * Judges how old a delivery is on the run's as-of date, by its newest row and by its newest file, whichever is older; null where the contract
 * asks for nothing.
 */
export function judgeFreshness(delivery: Dated, { freshness }: GateSettings, asOf: number): GateVerdict | null {
  if (freshness === null) return null
  const { warn_after: warnAfter, error_after: errorAfter, severity } = freshness
  const ofFile = ageOfFile(delivery, asOf)
  const ofRow = delivery.newest === null ? null : ageOfRow(delivery.newest, asOf)
  const [older, newer] = ofRow === null ? [ofFile] : ofRow.days < ofFile.days ? [ofFile, ofRow] : [ofRow, ofFile]
  const limit = [errorAfter, warnAfter].find((allowed) => allowed !== undefined && older.days > allowed)
  const facts = {
    gate: 'freshness',
    value: older.days,
    low: null,
    high: limit ?? warnAfter ?? errorAfter ?? null,
    learnedFrom: [],
  } as const
  if (limit === undefined) return { ...facts, status: 'pass', message: `${delivery.source}: fresh: ${older.words}.` }
  const causes = newer !== undefined && newer.days > limit ? `${older.words}, and ${newer.words}` : older.words
  return {
    ...facts,
    status: severity === 'error' && limit === errorAfter ? 'held' : 'warn',
    message: `${delivery.source}: the feed is stale: ${causes}; the contract allows ${inDays(limit)}.`,
  }
}

/** Judges how old the newest row is of a source of which no file was delivered: it may come on other days, so that only warns. */
export function judgeUndelivered(
  { source, newest }: { readonly source: string; readonly newest: number },
  { freshness }: GateSettings,
  asOf: number,
): GateVerdict | null {
  const limit = freshness?.warn_after ?? freshness?.error_after
  const { days, words } = ageOfRow(newest, asOf)
  if (limit === undefined || days <= limit) return null
  return {
    gate: 'freshness',
    status: 'warn',
    value: days,
    low: null,
    high: limit,
    learnedFrom: [],
    message: `${source}: the feed is stale: no file of it was delivered, and ${words}; the contract allows ${inDays(limit)}.`,
  }
}

interface Age {
  readonly days: number
  /** What is so old, for a person. */
  readonly words: string
}

function ageOfRow(newest: number, asOf: number): Age {
  const day = Math.floor(newest / dayMilliseconds)
  const days = Math.max(0, asOf - day)
  const when = days > 0 ? daysBefore(days, asOf) : day > asOf ? `after ${formatters.date(asOf)}` : 'the as-of date'
  return { days, words: `its newest row is of ${formatters.date(day)}, ${when}` }
}

/** Of a file that was written later than the as-of date its day is not told: that says nothing of the feed, only of when it was copied. */
function ageOfFile({ files, newestFile }: Dated, asOf: number): Age {
  const file = `its ${files === 1 ? '' : 'newest '}file ${newestFile.name}`
  // A day before 1970 was never set by a clock, and may lie further back than calendars go.
  const day = Math.max(0, Math.floor(newestFile.writtenAt / dayMilliseconds))
  const days = Math.max(0, asOf - day)
  return days === 0
    ? { days, words: `${file} was not written before ${formatters.date(asOf)}` }
    : { days, words: `${file} was last written on ${formatters.date(day)}, ${daysBefore(days, asOf)}` }
}

const daysBefore = (days: number, asOf: number) => `${inDays(days)} before ${formatters.date(asOf)}`
const inDays = (days: number) => `${days} ${days === 1 ? 'day' : 'days'}`
