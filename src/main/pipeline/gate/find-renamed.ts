import { leastValues, mainTypeOf, type ColumnProfile } from './column-profile.ts'
import { percent } from './words.ts'

/** A column that most likely goes by another name now. */
export interface Renamed {
  readonly from: string
  readonly to: string
  readonly why: string
}

interface Pair extends Renamed {
  readonly score: number
}

/** Below it two columns have too little in common; a type alone is not enough. */
const leastScore = 1

/** Pairs missing columns with new ones by what they have in common: values, type, place among the others. Each goes into one pair at most. */
export function findRenamed(
  gone: readonly ColumnProfile[],
  added: readonly ColumnProfile[],
  all: { readonly before: readonly ColumnProfile[]; readonly now: readonly ColumnProfile[] },
): readonly Renamed[] {
  const placeOf = (columns: readonly ColumnProfile[], name: string) =>
    columns.findIndex((column) => column.name === name)
  const pairs = gone.flatMap((from) =>
    added.map((to) => pairOf(from, to, placeOf(all.before, from.name) === placeOf(all.now, to.name))),
  )
  const taken: Pair[] = []
  for (const pair of pairs.toSorted((a, b) => b.score - a.score)) {
    if (pair.score < leastScore) break
    if (!taken.some(({ from, to }) => from === pair.from || to === pair.to)) taken.push(pair)
  }
  return taken.map(({ from, to, why }) => ({ from, to, why }))
}

function pairOf(from: ColumnProfile, to: ColumnProfile, isSamePlace: boolean): Pair {
  const overlap = overlapOf(from.values, to.values)
  const was = mainTypeOf(from)?.type
  const isSameType = was !== undefined && was === mainTypeOf(to)?.type
  const reasons = [
    ...(overlap > 0.05 ? [`${percent(overlap)} of the values are the same`] : []),
    ...(isSameType ? ['the same type'] : []),
    ...(isSamePlace ? ['the same place'] : []),
  ]
  const score = 2 * overlap + (isSameType ? 0.5 : 0) + (isSamePlace ? 0.5 : 0)
  return { from: from.name, to: to.name, why: reasons.join(', '), score }
}

/** The share of values that two columns have in common, by the least hashes of both together. */
function overlapOf(one: readonly number[], other: readonly number[]): number {
  const both = leastValues([...one, ...other])
  const inOne = new Set(one)
  const inOther = new Set(other)
  return both.length === 0 ? 0 : both.filter((value) => inOne.has(value) && inOther.has(value)).length / both.length
}
