/** Adds to a count, or takes from it; none is kept that is 0. */
export function change<Key>(counts: Map<Key, number>, key: Key, weight: number): void {
  const count = (counts.get(key) ?? 0) + weight
  if (count === 0) counts.delete(key)
  else counts.set(key, count)
}

/** Counts in the order of their keys. */
export function byKey(counts: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return [...counts].toSorted(([one], [other]) => one - other)
}
