import { leastHistory } from '../drift/least-history.ts'
import { median, nearDeviation, robustCentre } from '../drift/robust.ts'

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
/** Pairs of one weekday below which a trend would be noise. */
const leastPairs = 28

interface Point {
  readonly day: number
  /** The logarithm of the rows: growth is a factor, and so is what a weekday does. */
  readonly level: number
}

/**
 * The rows that a delivery on a day may have, learned from earlier ones, oldest first: their middle, where they show it by weekday,
 * carried on by their trend, give or take a multiple of their own deviation. Null where the history is too short.
 */
export function learnVolumeBand(history: readonly Volume[], day: number): VolumeBand | null {
  if (history.length < leastHistory) return null
  const points = bringToDay(pointsOf(history.slice(-mostHistory)), day)
  const levels = points.map(({ level }) => level)
  const general = robustCentre(levels)
  const byWeekday = Map.groupBy(points, (point) => weekdayOf(point.day))
  const within = nearDeviation([...byWeekday.values()].flatMap(deviationsWithin))
  const overall = nearDeviation(levels.map((level) => level - general))
  const same = (byWeekday.get(weekdayOf(day)) ?? []).map(({ level }) => level)
  // One weekday alone tells its deviation only once it came twice.
  const hasTwice = [...byWeekday.values()].some((group) => group.length > 1)
  const own = hasTwice && within > 0 ? Math.min(within, overall) : overall
  const isByWeekday = same.length > 0 && showsWeekdays([...byWeekday.values()], general, Math.max(own, 0.02))
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

const weekdayOf = (day: number) => ((day % 7) + 7) % 7

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

/** The points as they would be on another day if their trend went on; the slopes between days of one weekday know no weekday. */
function bringToDay(points: readonly Point[], day: number): readonly Point[] {
  const slopes = points.flatMap((late, index) =>
    points
      .slice(0, index)
      .filter((early) => early.day < late.day && weekdayOf(early.day) === weekdayOf(late.day))
      .map((early) => (late.level - early.level) / (late.day - early.day)),
  )
  const slope = slopes.length < leastPairs ? 0 : median(slopes)
  return points.map((point) => ({ day: point.day, level: point.level + slope * (day - point.day) }))
}

/** Deviations from the weekday's median, widened for that they are measured from a middle made of themselves. */
function deviationsWithin(group: readonly Point[]): readonly number[] {
  if (group.length < 2) return []
  const middle = robustCentre(group.map(({ level }) => level))
  const factor = Math.sqrt(group.length / (group.length - 1))
  return group.map(({ level }) => (level - middle) * factor)
}

/** Whether some weekday lies off the general level by more than chance lets expect. */
function showsWeekdays(groups: readonly (readonly Point[])[], general: number, deviation: number): boolean {
  return groups.some((group) => {
    const off = Math.abs(median(group.map(({ level }) => level)) - general)
    return off > Math.max(0.08, (4 * deviation) / Math.sqrt(group.length))
  })
}
