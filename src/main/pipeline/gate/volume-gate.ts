import type { Delivery, GateVerdict, PastDelivery } from './delivery.ts'
import { learnVolumeBand, mostHistory } from './volume-band.ts'
import { counted, countedNoun, namedRuns, offBy, tooFew } from './words.ts'

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
      message: `${source}: ${countedNoun(rows, 'row')}; ${tooFew(learned.length)} to tell.`,
    }
  const learnedFrom = learned.map(({ runId }) => runId)
  const { low, high, expected, isByWeekday } = band
  const isHeld = rows < low || rows > high
  const when = isByWeekday ? ` on ${weekdays[((day % 7) + 7) % 7]}` : ''
  const known = `${counted(low)} to ${counted(high)} are usual${when}, as ${namedRuns(learnedFrom)} show${levelOf(learned)}`
  return {
    ...facts,
    status: isHeld ? 'held' : 'pass',
    low,
    high,
    expected,
    learnedFrom,
    message: isHeld
      ? `${source}: ${countedNoun(rows, 'row')} ${rows === 1 ? 'was' : 'were'} delivered, ${offBy(rows, expected)} than expected; ${known}.`
      : `${source}: ${countedNoun(rows, 'row')}; ${known}.`,
  }
}

/** Where a person said that a new level begins: what came before it is learned from as if it had had that level. */
function levelOf(learned: readonly PastDelivery[]): string {
  const first = learned.findLast(({ levelRatio }) => levelRatio !== null)
  if (first === undefined) return ''
  const before = learned.filter(({ runId }) => runId < first.runId).length
  if (before === 0) return ''
  return `, the ${before} before run ${first.runId} brought to the new level that begins with it`
}
