import { median } from '../drift/robust.ts'

/** Of so many companies, those with the most rows, the fullness of a delivery is learned. */
const mostLearnedFrom = 200
/** Fewer companies do not tell a full day from a full company. */
const leastLearnedFrom = 4
/** A company with fewer rows on average says by its own chance more than by the day. */
const leastAverage = 20

/** The rows of a company in a delivery that is judged, and in those before it: NaN where one teaches nothing of it. */
export interface CompanyDays {
  readonly past: Float64Array
  readonly today: number
}

export interface Fullness {
  readonly past: Float64Array
  readonly today: number
}

/**
 * How full deliveries were for companies in general, 1 where they had as many rows as on average: the middle of what the largest ones had of
 * their own average. So a weekday, a holiday and growth are no matter of one company.
 */
export function dayFullness(companies: readonly CompanyDays[], deliveries: number): Fullness {
  const averages = Float64Array.from(companies, ({ past }) => averageOf(past))
  const largest = [...companies.keys()]
    .filter((index) => (averages[index] ?? 0) >= leastAverage)
    .toSorted((one, other) => (averages[other] ?? 0) - (averages[one] ?? 0))
    .slice(0, mostLearnedFrom)
  const parts = new Float64Array(largest.length)
  const fullnessBy = (rowsOf: (company: CompanyDays) => number | undefined) => {
    let count = 0
    for (const index of largest) {
      const company = companies[index]
      const rows = company === undefined ? 0 : (rowsOf(company) ?? 0)
      if (rows > 0) parts[count++] = rows / (averages[index] ?? 1)
    }
    return count < leastLearnedFrom ? 1 : median(parts.subarray(0, count))
  }
  return {
    past: Float64Array.from({ length: deliveries }, (_, at) => fullnessBy(({ past }) => past[at])),
    today: fullnessBy(({ today }) => today),
  }
}

function averageOf(rows: Float64Array): number {
  let [sum, count] = [0, 0]
  for (let at = 0; at < rows.length; at += 1) {
    const value = rows[at] ?? Number.NaN
    if (Number.isNaN(value)) continue
    sum += value
    count += 1
  }
  return count === 0 ? 0 : sum / count
}
