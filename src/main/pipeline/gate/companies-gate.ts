import { weekdayOf } from '../drift/calendar.ts'
import { companyBand, learnCompany, spreadOf, type CompanyBand } from './company-band.ts'
import type { CompanyRows } from './company-counts.ts'
import type { CompanyHistory } from './company-history.ts'
import { dayFullness } from './day-fullness.ts'
import type { CompanyVerdict, Delivery } from './delivery.ts'
import { counted, namedRuns, offBy } from './words.ts'

/** What the volume gate says of the companies of a delivery. */
export interface CompaniesVerdict {
  /** How many companies have history enough to be judged. */
  readonly judged: number
  /** Those that are not as usual, and the watched ones that are. */
  readonly told: readonly CompanyVerdict[]
  /** The runs whose deliveries they went by. */
  readonly learnedFrom: readonly number[]
}

const nothing: CompanyRows = { sound: 0, heldBack: 0 }

/**
 * Judges for each company that usually comes how many sound rows the delivery has of it: so a feed that was cut short, one that is missing
 * and one of which most rows are in the quarantine are seen by one number. `day` is the run's as-of date; `watched`: the companies that are
 * held until now.
 */
export function judgeCompanies(
  delivery: Delivery,
  { runs, days, rows, owed }: CompanyHistory,
  day: number,
  watched: ReadonlySet<string>,
): CompaniesVerdict {
  const now = delivery.companies ?? new Map<string, CompanyRows>()
  const companies = [...rows].map(([company, past]) => ({ company, past, today: now.get(company)?.sound ?? 0 }))
  const fullness = dayFullness(companies, runs.length)
  const places = [...runs.keys()]
  const past = {
    fullness: fullness.past,
    all: Int32Array.from(places),
    sameWeekday: Int32Array.from(places.filter((at) => weekdayOf(days[at] ?? 0) === weekdayOf(day))),
  }
  const levels = companies.flatMap(({ company, past: own }) => {
    const level = learnCompany(own, past)
    return level === null ? [] : [{ company, level }]
  })
  const spread = spreadOf(levels.map(({ level }) => level))
  const bands = levels.flatMap(({ company, level }) => {
    const band = companyBand(level, fullness.today, spread)
    return band === null ? [] : [{ company, band: withOwed(band, owed.get(company) ?? 0) }]
  })
  return {
    judged: bands.length,
    learnedFrom: runs,
    told: bands.flatMap(({ company, band }) => {
      const own = now.get(company) ?? nothing
      const isHeld = own.sound < band.low || own.sound > band.high
      // A delivery without it that may be so, as on a day with few rows, does not show that its feed is mended.
      if (!isHeld && !(watched.has(company) && own.sound > 0)) return []
      return [
        verdictOf(delivery.source, company, own, band, {
          isHeld,
          runs: runs.filter((_, at) => !Number.isNaN(rows.get(company)?.[at])),
        }),
      ]
    }),
  }
}

/** What it lacked while it was held may come now. */
function withOwed(band: CompanyBand, owed: number): CompanyBand {
  return { ...band, high: Math.floor(band.high + owed) }
}

function verdictOf(
  source: string,
  company: string,
  own: CompanyRows,
  { low, high, expected }: CompanyBand,
  { isHeld, runs }: { readonly isHeld: boolean; readonly runs: readonly number[] },
): CompanyVerdict {
  const rows = own.sound
  const known = `${counted(low)} to ${counted(high)} are usual, as ${namedRuns(runs)} show`
  const cause = causeOf(own, { low, expected })
  return {
    gate: 'volume',
    company,
    status: isHeld ? 'held' : 'pass',
    value: rows,
    low,
    high,
    expected,
    learnedFrom: runs,
    message: isHeld
      ? `${source} of ${company}: ${counted(rows)} sound rows were delivered, ${offBy(rows, expected)} than expected; ${known}. ${cause} Mend its feed and deliver it, or let it through for a reason.`
      : `${source} of ${company}: ${counted(rows)} sound rows; ${known}. It is held no more.`,
  }
}

function causeOf({ sound, heldBack }: CompanyRows, { low, expected }: Pick<CompanyBand, 'low' | 'expected'>): string {
  if (sound >= low) return 'Its feed most likely came twice, or has rows of another company.'
  if (heldBack >= (expected - sound) / 2)
    return `${counted(heldBack)} of its rows are in the quarantine: most likely its feed is broken.`
  return sound === 0 ? 'Its feed is missing.' : 'Its feed was most likely cut short.'
}
