import { draw, type Draws } from './draws.ts'

/** Values with odds, laid out (Walker's alias method) so that a choice takes the same short time however many there are. */
export interface Weighted<Value> {
  readonly values: readonly Value[]
  /** Of each place: how likely its own value is, against that of `other`. */
  readonly own: Float64Array
  readonly other: Int32Array
}

/** Lays out `values` by their weights; at least one weight is positive. */
export function weighted<Value>(values: readonly Value[], weights: readonly number[]): Weighted<Value> {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const own = Float64Array.from(weights, (weight) => (weight * weights.length) / total)
  const other = Int32Array.from(weights, (_, place) => place)
  const scant = [...own.keys()].filter((place) => own[place]! < 1)
  const ample = [...own.keys()].filter((place) => own[place]! >= 1)
  while (scant.length > 0 && ample.length > 0) {
    const low = scant.pop()!
    const high = ample.at(-1)!
    other[low] = high
    own[high] = own[high]! - (1 - own[low]!)
    if (own[high] < 1) scant.push(ample.pop()!)
  }
  // What is left over is 1 but for rounding.
  for (const place of [...scant, ...ample]) own[place] = 1
  return { values, own, other }
}

/** The choices of a project file: value -> weight. */
export function weightedRecord(weights: Readonly<Record<string, number>>): Weighted<string> {
  return weighted(Object.keys(weights), Object.values(weights))
}

/** One of the values, by the odds. */
export function choose<Value>({ values, own, other }: Weighted<Value>, draws: Draws): Value {
  const at = draw(draws) * values.length
  const place = Math.floor(at)
  return values[at - place < own[place]! ? place : other[place]!]!
}
