import type { CountedValue } from './counted-value.ts'

/** Puts values together that have the same key; an empty key says nothing of a value. Keeps their order. */
export function clusterByKey(
  values: readonly CountedValue[],
  keyOf: (value: string) => string,
): readonly (readonly CountedValue[])[] {
  const clusters = new Map<string, CountedValue[]>()
  for (const value of values) {
    const key = keyOf(value.value)
    if (key === '') continue
    const members = clusters.get(key)
    if (members === undefined) clusters.set(key, [value])
    else members.push(value)
  }
  return [...clusters.values()]
}
