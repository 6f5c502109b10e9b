import { leastHistory } from '../drift/least-history.ts'

/** What a company's own deliveries show, on days that are as full as most. */
export interface CompanyLevel {
  /** How many rows are to be expected. */
  readonly rows: number
  /** How far it varies, as the variance of twice the root: of rows that come by chance alone it is 1, however many there are. */
  readonly variance: number
  /** What of the variance is chance. */
  readonly chance: number
  readonly least: number
  readonly most: number
  /** How many deliveries it was learned from, and how many of them had it. */
  readonly deliveries: number
  readonly timesThere: number
  /** Whether it came in each of the last deliveries. */
  readonly isRegular: boolean
}

/** The deliveries that companies are learned from, oldest first. */
export interface PastDeliveries {
  /** How full each was for companies in general. */
  readonly fullness: Float64Array
  /** The places of all of them. */
  readonly all: Int32Array
  /** The places of those on the weekday of the delivery that is judged. */
  readonly sameWeekday: Int32Array
}

/** How far companies of a source vary. */
export interface Spread {
  /** As a share of what would be chance: nearly 0 where a feed holds all that there is every time. */
  readonly byChance: number
  /** Beyond chance, as the variance of a share of the rows. */
  readonly beyond: number
}

export interface CompanyBand {
  readonly low: number
  readonly high: number
  readonly expected: number
}

/** Fewer rows tell nothing. */
const leastExpected = 20
/** Nothing nearer to what is expected is held: three fifths of it, and five thirds. */
const leastPart = 0.6
/** So many deviations come by chance about once in 300,000 times, and with them must hold what else is asked: thousands of companies are judged every day. */
const deviations = 4.5
/** A company's few deliveries tell little of how much it varies: as if so many had come before, varying as companies of the source do. */
const usualDeliveries = 12
/** A company that comes every time and now with less of what is expected is as good as absent. */
const nearlyNothing = 0.05
/** Only where the days of one weekday vary so much less does a company have weekdays of its own. */
const ownWeekdays = 0.25

/** Learns what a company delivers from its rows in each delivery, NaN where one teaches nothing of it. Null where it came too few times to tell. */
export function learnCompany(rows: Float64Array, { fullness, all, sameWeekday }: PastDeliveries): CompanyLevel | null {
  const isRegular = cameLately(rows)
  const whole = levelOf(rows, fullness, all, isRegular)
  if (whole.timesThere < leastHistory) return null
  const own = levelOf(rows, fullness, sameWeekday, isRegular)
  return own.deliveries >= leastHistory && own.variance < ownWeekdays * whole.variance ? own : whole
}

/** Whether a company came in each of the last deliveries that teach something of it. */
function cameLately(rows: Float64Array): boolean {
  let known = 0
  for (let at = rows.length - 1; at >= 0 && known < leastHistory; at -= 1) {
    const value = rows[at] ?? Number.NaN
    if (value === 0) return false
    if (value > 0) known += 1
  }
  return known === leastHistory
}

function levelOf(rows: Float64Array, fullness: Float64Array, places: Int32Array, isRegular: boolean): CompanyLevel {
  let [deliveries, timesThere, sum, squares, chance, least, most] = [0, 0, 0, 0, 0, Infinity, 0]
  for (let index = 0; index < places.length; index += 1) {
    const at = places[index] ?? 0
    const value = rows[at] ?? Number.NaN
    if (Number.isNaN(value)) continue
    const thinness = 1 / (fullness[at] ?? 1)
    const usual = value * thinness
    deliveries += 1
    if (value > 0) timesThere += 1
    sum += 2 * Math.sqrt(usual)
    squares += 4 * usual
    chance += thinness
    if (usual < least) least = usual
    if (usual > most) most = usual
  }
  const mean = sum / deliveries
  const variance = Math.max(0, squares - sum * mean) / Math.max(deliveries - 1, 1)
  return {
    rows: (mean / 2) ** 2,
    variance,
    chance: chance / deliveries,
    least,
    most,
    deliveries,
    timesThere,
    isRegular,
  }
}

/** The rows that a company may have in a delivery that is so full; null where too few are to be expected. */
export function companyBand(level: CompanyLevel, fullness: number, { byChance, beyond }: Spread): CompanyBand | null {
  const { rows, variance, chance, least, most, isRegular, deliveries } = level
  const expected = rows * fullness
  if (expected < leastExpected) return null
  const others = deliveries - 1
  const usual = byChance / fullness + beyond * rows
  // On a day with fewer rows chance does more.
  const own = variance * Math.max(1, 1 / fullness / chance)
  const tempered = (usualDeliveries * usual + others * own) / (usualDeliveries + others)
  // A level that was learned from few values is itself uncertain, and roots of few rows reach farther down than deviations say.
  const uncertainty = Math.sqrt(1 + 1 / deliveries) * (1 + deviations / (12 * Math.sqrt(expected)))
  const reach = (deviations / 2) * Math.sqrt(tempered) * uncertainty
  const root = Math.sqrt(rows)
  // By roots below and by logarithms above: each is the one that makes less of a difference.
  const fewest = Math.min(Math.max(0, root - reach) ** 2, leastPart * rows, least)
  const absent = isRegular ? Math.min(nearlyNothing * rows, least) : 0
  const largest = Math.max(rows * Math.exp((2 * reach) / root), rows / leastPart, most)
  return {
    low: Math.ceil(Math.max(fewest, absent) * fullness),
    high: Math.floor(largest * fullness),
    expected,
  }
}

/** Of so many companies as vary least, the one that varies most: a company that varies more than that shows it in time. */
const nearlyAll = 0.9
/** Few deliveries of few companies tell little of the others: as if so many had come before, varying by chance. */
const usualByChance = 24

/** How far companies of a source vary, by what was learned of each. */
export function spreadOf(levels: readonly CompanyLevel[]): Spread {
  const most = (values: Float64Array) => values.toSorted()[Math.floor(nearlyAll * values.length)] ?? 0
  const share = most(Float64Array.from(levels, ({ variance, chance }) => Math.min(1, variance / chance)))
  const count = levels.reduce((sum, { deliveries }) => sum + deliveries - 1, 0)
  return {
    byChance: (usualByChance + count * share) / (usualByChance + count),
    beyond: most(Float64Array.from(levels, ({ variance, chance, rows }) => Math.max(0, variance - chance) / rows)),
  }
}
