import { placeOf } from './layers-of.ts'
import type { Difference, Level } from './shapes.ts'

const levels: readonly Level[] = ['alarm', 'notable', 'usual']
/** What is up to so many times as unusual as what may have caused it counts as just as unusual. */
const alike = 2

/** The most unusual first, causes before what comes of them; what a model passes on just as it got it stands once, where it came from. */
export function rankDifferences(differences: readonly Difference[]): Difference[] {
  const degreeOf = createDegrees(differences)
  const ranked = differences
    .map((difference) => ({ difference, degree: degreeOf(difference) }))
    .toSorted(
      (one, other) =>
        levels.indexOf(one.difference.level) - levels.indexOf(other.difference.level) ||
        other.degree - one.degree ||
        placeOf(one.difference.layer) - placeOf(other.difference.layer) ||
        Number(other.difference.company !== null) - Number(one.difference.company !== null) ||
        (other.difference.unusual ?? 0) - (one.difference.unusual ?? 0) ||
        other.difference.effect - one.difference.effect,
    )
  return withoutRepeats(ranked.map(({ difference }) => difference))
}

/**
 * How unusual a difference counts as: what may come of one in a source, or of one in a company of the same relation, not as more than that
 * one where it is about as unusual.
 */
function createDegrees(differences: readonly Difference[]): (difference: Difference) => number {
  const inSources = most(differences.filter(({ layer, level }) => layer === 'source' && level === 'alarm'))
  const inCompanies = new Map(
    [...Map.groupBy(differences.filter(isOfCompany), placeIn)].map(([place, some]) => [place, most(some)] as const),
  )
  return (difference) => {
    const unusual = difference.unusual ?? 0
    const capped = difference.layer === 'source' ? unusual : cap(unusual, inSources)
    return isOfCompany(difference) ? capped : cap(capped, inCompanies.get(placeIn(difference)) ?? 0)
  }
}

const isOfCompany = ({ company, level }: Difference) => company !== null && level === 'alarm'
const placeIn = ({ relation, scope }: Difference) => `${relation} ${scope}`
const most = (differences: readonly Difference[]) => Math.max(0, ...differences.map(({ unusual }) => unusual ?? 0))
const cap = (unusual: number, cause: number) => (unusual <= alike * cause ? Math.min(unusual, cause) : unusual)

function withoutRepeats(differences: readonly Difference[]): Difference[] {
  const seen = new Set<string>()
  return differences.filter(({ column, scope, company, metric, before, after, unusual }) => {
    const place = JSON.stringify([column, scope, company, metric, before, after, unusual])
    if (column === null || !seen.has(place)) return (seen.add(place), true)
    return false
  })
}
