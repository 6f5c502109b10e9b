import type { Delivery, GateVerdict, PastDelivery } from './delivery.ts'
import { learnVolumeBand, mostHistory } from './volume-band.ts'
import { counted, namedRuns, tooFew } from './words.ts'

const weekdays = ['Thursdays', 'Fridays', 'Saturdays', 'Sundays', 'Mondays', 'Tuesdays', 'Wednesdays']

/** Judges how many rows a delivery has, by those before it; `day` is the run's as-of date. */
export function judgeVolume(delivery: Delivery, history: readonly PastDelivery[], day: number): GateVerdict {
  const learned = history.filter(({ teaches }) => teaches).slice(-mostHistory)
  const band = learnVolumeBand(learned, day)
  const { source, rows } = delivery
  const facts = { gate: 'volume', value: rows } as const
  if (band === null)
    return {
      ...facts,
      status: 'quiet',
      low: null,
      high: null,
      learnedFrom: [],
      message: `${source}: ${counted(rows)} rows; ${tooFew(learned.length)} to tell.`,
    }
  const learnedFrom = learned.map(({ runId }) => runId)
  const { low, high, expected, isByWeekday } = band
  const isHeld = rows < low || rows > high
  const when = isByWeekday ? ` on ${weekdays[((day % 7) + 7) % 7]}` : ''
  const known = `${counted(low)} to ${counted(high)} are usual${when}, as ${namedRuns(learnedFrom)} show`
  return {
    ...facts,
    status: isHeld ? 'held' : 'pass',
    low,
    high,
    expected,
    learnedFrom,
    message: isHeld
      ? `${source}: ${counted(rows)} rows were delivered, ${offBy(rows, expected)} than expected; ${known}.`
      : `${source}: ${counted(rows)} rows; ${known}.`,
  }
}

function offBy(rows: number, expected: number): string {
  const off = Math.round(Math.abs(rows / expected - 1) * 100)
  return rows < expected ? `${off} % fewer` : `${off} % more`
}
