import { monthPlaces, weekdayOf } from './calendar.ts'
import { seasonOfMonth, showingTimes, withoutSeasons, type Residual } from './month-season.ts'
import { nearDeviation, robustCentre } from './robust.ts'
import { bringToDay, type Point } from './trend.ts'
import { deviationsWithin, groupByWeekday, showsWeekdays } from './weekdays.ts'

/** Which part of the calendar an expectation goes by; of a day of a month, weekdays may count besides. */
export type Seasonality = 'none' | 'weekday' | 'day_of_month' | 'business_day'

/** What earlier points let expect of a day. */
export interface Expectation {
  readonly level: number
  /** A second level that is as likely, where a day of the month came but once or twice; else the same. */
  readonly otherLevel: number
  readonly seasonality: Seasonality
  /** How far each point lay from what was to be expected of it. */
  readonly residuals: readonly Residual[]
  /** How many times wider than the deviations a new point varies, since the level itself was learned from few. */
  readonly caution: number
  /** Whether the history is too short to tell an outlier from a weekend. */
  readonly isYoung: boolean
}

/** A weekday that came less often has shown nothing. */
const leastOfWeekday = 3
const threeWeeks = 21

/** What earlier points let expect of a day: their middle, where they show it by weekday or place in the month, carried on by their trend. */
export function expectLevel(points: readonly Point[], day: number, leastOff: number): Expectation {
  const carried = bringToDay(points, day)
  const levels = carried.map(({ level }) => level)
  const general = robustCentre(levels)
  const byWeekday = groupByWeekday(carried)
  const groups = [...byWeekday.values()].filter((group) => group.length >= leastOfWeekday)
  const overall = nearDeviation(levels.map((level) => level - general))
  const within = nearDeviation(groups.flatMap(deviationsWithin))
  const isWeekly = groups.length > 1 && showsWeekdays(groups, general, Math.min(within, overall), leastOff)
  const same = byWeekday.get(weekdayOf(day)) ?? []
  const isKnown = same.length >= leastOfWeekday
  const isByWeekday = isWeekly && isKnown
  const days = points.map((point) => point.day)
  const isYoung = !isKnown && (isWeekly || Math.max(...days) - Math.min(...days) < threeWeeks)
  const residuals = isByWeekday ? residualsWithin(byWeekday) : residualsFrom(carried, general)
  const level = isByWeekday ? robustCentre(same.map((point) => point.level)) : general
  const deviation = nearDeviation(residuals.map(({ off }) => off))
  const least = Math.max(leastOff, 3 * deviation)
  const month = isYoung ? null : seasonOfMonth(residuals, monthPlaces(day), least)
  const shifted = level + (month?.offset ?? 0)
  const isShown = month !== null && month.count >= showingTimes
  return {
    level: isShown ? shifted : level,
    otherLevel: isShown && !month.isSure ? level : shifted,
    seasonality: isShown ? month.kind : isByWeekday ? 'weekday' : 'none',
    residuals: isYoung ? residuals : withoutSeasons(residuals, least),
    caution: Math.sqrt(
      1 + 1 / (isShown ? month.count : isByWeekday ? same.length : points.length) + reachOf(points, day),
    ),
    isYoung,
  }
}

function residualsFrom(points: readonly Point[], middle: number): readonly Residual[] {
  const factor = Math.sqrt(points.length / Math.max(points.length - 1, 1))
  return points.map(({ day, level, rows }) => ({ day, off: (level - middle) * factor, rows }))
}

function residualsWithin(byWeekday: ReadonlyMap<number, readonly Point[]>): readonly Residual[] {
  return [...byWeekday.values()].flatMap((group) => {
    const offs = deviationsWithin(group)
    return offs.map((off, index) => ({ day: group[index]?.day ?? 0, off, rows: group[index]?.rows }))
  })
}

/** How much an uncertain trend adds to the variance on a day: the more, the further it lies from the days that were seen. */
function reachOf(points: readonly Point[], day: number): number {
  const mean = points.reduce((sum, point) => sum + point.day, 0) / points.length
  const spread = points.reduce((sum, point) => sum + (point.day - mean) ** 2, 0)
  return spread > 0 ? (day - mean) ** 2 / spread : 0
}
