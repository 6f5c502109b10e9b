import { monthPlaces, type MonthPlaces } from './calendar.ts'
import { robustCentre } from './robust.ts'

/** How far a point lay from what its weekday lets expect. */
export interface Residual {
  readonly day: number
  readonly off: number
  readonly rows?: number | undefined
}

/** What a place in the month is off by. */
export interface MonthSeason {
  readonly kind: keyof MonthPlaces
  readonly offset: number
  readonly count: number
  /** False where the place came but once or twice: then its offset may as well be an accident. */
  readonly isSure: boolean
}

/** From so many times on a place shows what is usual of it. */
export const showingTimes = 2
const sureTimes = 3

/**
 * What the places of a day in its month are off by, where earlier points show it: each time it came it lay off in one direction, by more than
 * `least`. Of several such places the one that is most off, the day of the month before the business day. Null where there is none.
 */
export function seasonOfMonth(residuals: readonly Residual[], places: MonthPlaces, least: number): MonthSeason | null {
  const odd = residuals.filter(({ off }) => Math.abs(off) > least)
  if (odd.length === 0) return null
  let best: MonthSeason | null = null
  for (const kind of ['day_of_month', 'business_day'] as const) {
    for (const place of places[kind]) {
      if (!odd.some(({ day }) => monthPlaces(day)[kind].includes(place))) continue
      const offs = residuals.filter(({ day }) => monthPlaces(day)[kind].includes(place)).map(({ off }) => off)
      const isOff = offs.every((off) => off > least) || offs.every((off) => off < -least)
      if (!isOff) continue
      const offset = robustCentre(offs)
      if (best !== null && Math.abs(best.offset) * best.count >= Math.abs(offset) * offs.length) continue
      best = { kind, offset, count: offs.length, isSure: offs.length >= sureTimes }
    }
  }
  return best
}

/** The residuals with what is usual of their places taken off, so that the ends of months do not widen what is expected of other days. */
export function withoutSeasons(residuals: readonly Residual[], least: number): readonly Residual[] {
  return residuals.map((residual) => {
    const { day, off } = residual
    if (Math.abs(off) <= least) return residual
    const season = seasonOfMonth(residuals, monthPlaces(day), least)
    return season === null || season.count < showingTimes ? residual : { ...residual, off: off - season.offset }
  })
}
