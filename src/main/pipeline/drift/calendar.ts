const dayInMilliseconds = 86_400_000

/** The weekday of a day since 1970-01-01: 0 is Thursday. */
export const weekdayOf = (day: number) => ((day % 7) + 7) % 7

const isBusinessDay = (day: number) => weekdayOf(day) !== 2 && weekdayOf(day) !== 3

/** The places that a day has in its month. */
export interface MonthPlaces {
  /** `3`, and `-1` for the last day. */
  readonly day_of_month: readonly number[]
  /** The n-th day of Monday to Friday, and from the end the -n-th; nothing on weekends. */
  readonly business_day: readonly number[]
}

/** Each day is asked for by many metrics, and no one has a history of so many. */
const mostKnown = 10_000
const known = new Map<number, MonthPlaces>()

/** Where a day since 1970-01-01 lies in its month, counted from the start and from the end. */
export function monthPlaces(day: number): MonthPlaces {
  const places = known.get(day) ?? findPlaces(day)
  if (known.size >= mostKnown) known.clear()
  known.set(day, places)
  return places
}

function findPlaces(day: number): MonthPlaces {
  const date = new Date(day * dayInMilliseconds)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const first = Date.UTC(year, month) / dayInMilliseconds
  const next = Date.UTC(year, month + 1) / dayInMilliseconds
  const fromStart = businessDays(first, day + 1)
  const fromEnd = businessDays(day, next)
  return {
    day_of_month: [day - first + 1, day - next],
    business_day: isBusinessDay(day) ? [fromStart, -fromEnd] : [],
  }
}

function businessDays(from: number, to: number): number {
  let count = 0
  for (let day = from; day < to; day += 1) if (isBusinessDay(day)) count += 1
  return count
}
