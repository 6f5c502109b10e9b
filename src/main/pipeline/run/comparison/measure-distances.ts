import type { ColumnType } from '../../../kernel/column-type.ts'
import type { AlignedDistributions } from '../../drift/align-distributions.ts'
import { chiSquareOfHomogeneity } from '../../drift/chi-square.ts'
import { groupBins } from '../../drift/distribution-shift.ts'
import { jensenShannonDistance } from '../../drift/jensen-shannon-distance.ts'
import { kolmogorovSmirnov } from '../../drift/kolmogorov-smirnov.ts'
import { populationStabilityIndex } from '../../drift/population-stability-index.ts'
import { wassersteinDistance } from '../../drift/wasserstein-distance.ts'
import { binStart } from '../../metric/number-bins.ts'

type DistanceName = 'psi' | 'jensen_shannon' | 'wasserstein' | 'kolmogorov_smirnov'

/** How far a distribution moved, by measures that do not hang on how many rows there are. */
export interface ColumnDistances {
  readonly distances: {
    readonly name: DistanceName
    readonly title: string
    readonly value: number
    readonly reading: string
  }[]
  /** A note only: with many rows every difference is significant. */
  readonly p_value: { readonly test: string; readonly value: number } | null
}

/** From where on a distance is small, moderate and large, by the customs of each. */
const readings: Readonly<Record<DistanceName, readonly [small: number, moderate: number, large: number]>> = {
  psi: [0.02, 0.1, 0.25],
  jensen_shannon: [0.05, 0.15, 0.3],
  wasserstein: [0.05, 0.2, 0.5],
  kolmogorov_smirnov: [0.05, 0.1, 0.2],
}

/** The distances between two aligned distributions; of numbers also those that know how far apart values are. */
export function measureDistances(type: ColumnType, aligned: AlignedDistributions | null): ColumnDistances {
  if (aligned === null) return { distances: [], p_value: null }
  const { kind, before, after } = aligned
  const grouped = groupBins(aligned)
  const isOrdered = type !== 'text' && type !== 'boolean'
  const ordered = isOrdered ? inOrder(type, aligned) : null
  const test = ordered === null ? null : kolmogorovSmirnov(ordered.before, ordered.after)
  const moved = ordered === null ? null : wassersteinDistance(ordered.positions, ordered.before, ordered.after)
  const distances = [
    distance('psi', 'Population stability index', populationStabilityIndex(grouped.before, grouped.after)?.index),
    distance('jensen_shannon', 'Jensen-Shannon distance', jensenShannonDistance(before, after)?.distance),
    distance('wasserstein', 'Wasserstein distance, in standard deviations', moved?.effect),
    distance('kolmogorov_smirnov', 'Kolmogorov-Smirnov statistic', test?.statistic),
  ].flat()
  if (test !== null) return { distances, p_value: { test: 'Kolmogorov-Smirnov', value: test.pValue } }
  const chiSquare = kind === 'shapes' ? null : chiSquareOfHomogeneity(before, after)
  return { distances, p_value: chiSquare === null ? null : { test: 'Chi-square', value: chiSquare.pValue } }
}

function distance(name: DistanceName, title: string, value: number | null | undefined): ColumnDistances['distances'] {
  if (value === null || value === undefined) return []
  const [small, moderate, large] = readings[name]
  const reading = value >= large ? 'large' : value >= moderate ? 'moderate' : value >= small ? 'small' : 'none'
  return [{ name, title, value, reading }]
}

/** Bins or values of numbers in ascending order, each at a place. */
function inOrder(type: ColumnType, { kind, labels, before, after }: AlignedDistributions) {
  const places = labels
    .map((label, at) => ({
      at: kind === 'bins' ? (binStart(type, Number(label)) + binStart(type, Number(label) + 1)) / 2 : Number(label),
      one: before[at] ?? 0,
      other: after[at] ?? 0,
    }))
    .toSorted((left, right) => left.at - right.at)
  return {
    positions: places.map(({ at }) => at),
    before: places.map(({ one }) => one),
    after: places.map(({ other }) => other),
  }
}
