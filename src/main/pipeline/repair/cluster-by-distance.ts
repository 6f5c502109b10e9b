import type { CountedValue } from './counted-value.ts'
import { editDistance } from './edit-distance.ts'
import type { Neighbours } from './neighbours.ts'
import { indexByDeletions, mostVariants, variantCount } from './index-by-deletions.ts'
import { indexByPieces } from './index-by-pieces.ts'

/**
 * Puts values together that differ from the first of them by `radius` single letters at most (Levenshtein). The first is the most
 * frequent, since the values come in that order. OpenRefine joins neighbours of neighbours too; a chain such as P0001, P0002, ... would
 * then be one cluster whose ends have little in common.
 */
export function clusterByDistance(
  values: readonly CountedValue[],
  radius: number,
): readonly (readonly CountedValue[])[] {
  const texts = values.map(({ value }) => value)
  const neighbours = indexNeighbours(texts, radius)
  const isTaken = new Uint8Array(texts.length)
  const askedBy = new Int32Array(texts.length).fill(-1)
  return values.flatMap((first, number) => {
    if (isTaken[number] === 1) return []
    isTaken[number] = 1
    const members: number[] = []
    neighbours(number, (neighbour) => {
      if (isTaken[neighbour] === 1 || askedBy[neighbour] === number) return
      askedBy[neighbour] = number
      if (editDistance(first.value, texts[neighbour] ?? '', radius) > radius) return
      isTaken[neighbour] = 1
      members.push(neighbour)
    })
    return [[first, ...members.toSorted((one, other) => one - other).flatMap((member) => values[member] ?? [])]]
  })
}

/** Finds all neighbours where that can be afforded; else those that differ less, and those that have a piece in common. */
function indexNeighbours(texts: readonly string[], radius: number): Neighbours {
  const lengths = texts.map(({ length }) => length)
  const variants = (within: number) => lengths.reduce((sum, length) => sum + variantCount(length, within), 0)
  let within = radius
  while (within > 0 && variants(within) > mostVariants) within -= 1
  const byDeletions = indexByDeletions(texts, within)
  if (within === radius) return byDeletions
  const byPieces = indexByPieces(texts)
  return (value, visit) => {
    byDeletions(value, visit)
    byPieces(value, visit)
  }
}
