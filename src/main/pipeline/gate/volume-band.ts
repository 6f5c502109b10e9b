import { weekdayOf } from '../drift/calendar.ts'
import { leastHistory } from '../drift/least-history.ts'
import { nearDeviation, robustCentre } from '../drift/robust.ts'
import { bringToDay, type Point } from '../drift/trend.ts'
import { deviationsWithin, groupByWeekday, showsWeekdays } from '../drift/weekdays.ts'

/** How many rows a delivery had, and on which day (since 1970-01-01). */
export interface Volume {
  readonly day: number
  readonly rows: number
  /** Where a person said that a new level begins: how many times the rows that were expected. Older volumes are raised by it. */
  readonly levelRatio: number | null
}

export interface VolumeBand {
  readonly low: number
  readonly high: number
  readonly expected: number
  readonly isByWeekday: boolean
}

/** The most deliveries that are learned from: older ones tell little of today. */
export const mostHistory = 91

/** Nothing nearer to what is expected is held, however regular a feed was. */
const leastWidth = 0.165
const deviations = 3.3
/** Few deliveries tell little of how much a feed varies: as if these had come before them, varying as most feeds do. */
const usual = { deviation: 0.05, deliveries: 24 }
/** A weekday that is off by less is none. */
const leastOff = 0.08

/**
 * The rows that a delivery on a day may have, learned from earlier ones, oldest first: their middle, where they show it by weekday,
 * carried on by their trend, give or take a multiple of their own deviation. Null where the history is too short.
 */
export function learnVolumeBand(history: readonly Volume[], day: number): VolumeBand | null {
  if (history.length < leastHistory) return null
  const points = bringToDay(pointsOf(history.slice(-mostHistory)), day)
  const levels = points.map(({ level }) => level)
  const general = robustCentre(levels)
  const byWeekday = groupByWeekday(points)
  const within = nearDeviation([...byWeekday.values()].flatMap(deviationsWithin))
  const overall = nearDeviation(levels.map((level) => level - general))
  const same = (byWeekday.get(weekdayOf(day)) ?? []).map(({ level }) => level)
  // One weekday alone tells its deviation only once it came twice.
  const hasTwice = [...byWeekday.values()].some((group) => group.length > 1)
  const own = hasTwice && within > 0 ? Math.min(within, overall) : overall
  const isByWeekday = same.length > 0 && showsWeekdays([...byWeekday.values()], general, Math.max(own, 0.02), leastOff)
  const level = isByWeekday ? robustCentre(same) : general
  const deviation = temper(isByWeekday ? own : overall, points.length)
  const count = isByWeekday ? same.length : points.length
  // A level that was learned from few values is itself uncertain.
  const caution = Math.sqrt(1 + 1 / count)
  const expected = Math.exp(level)
  const width = Math.max(leastWidth, deviations * deviation * caution, 3 / Math.sqrt(Math.max(expected, 1)))
  return {
    low: Math.max(0, Math.floor(expected * (1 - width))),
    high: Math.ceil(expected * (1 + width)),
    expected,
    isByWeekday,
  }
}

function temper(deviation: number, count: number): number {
  const sum = usual.deliveries * usual.deviation ** 2 + count * deviation ** 2
  return Math.sqrt(sum / (usual.deliveries + count))
}

/** Levels are logarithms: growth is a factor, and so is what a weekday does. */
function pointsOf(history: readonly Volume[]): readonly Point[] {
  let raised = 0
  return history
    .toReversed()
    .map(({ day, rows, levelRatio }) => {
      const level = Math.log(Math.max(rows, 0.5)) + raised
      if (levelRatio !== null && levelRatio > 0) raised += Math.log(levelRatio)
      return { day, level }
    })
    .toReversed()
}
