import { byKey, change } from './counts.ts'
import type { MeasuredColumn } from './column-meter.ts'
import type { MetricValue, ValueSample } from './column-metric.ts'

/** Up to as many different values each is counted; beyond, the most frequent of those seen first, and a sample of all. */
const mostValues = 1_000
const keptValues = 200
/** A sample holds between half as many and as many different hashes. */
const sampleSize = 512
const hashRange = 2 ** 53

/** Counts rows by value in constant memory, backwards too: what was added can be taken away again. */
export interface ValueCounter<Value> {
  add(value: Value, weight: number): void
  /** How many different values; exact while each is counted. */
  distinct(): number
  /** Most frequent first; of equal ones the lesser first. */
  values(): readonly (readonly [Value, number])[]
  isComplete(): boolean
  sample(): ValueSample | null
}

interface ValueCounterStart<Value> {
  readonly values: readonly (readonly [Value, number])[]
  readonly isComplete: boolean
  readonly sample: ValueSample | null
}

/**
 * A counter of values; `hash` gives a whole number below 2^53. Once values are too many to count each, every one is hashed, and `onHashed`
 * told of it, those counted until then too. Different values are estimated from those whose hash is small, each with
 * its rows, so that values that vanish leave the estimate (distinct sampling; Gibbons 2001, "Distinct sampling for highly-accurate answers
 * to distinct values queries").
 */
export function createValueCounter<Value extends MetricValue>(
  hash: (value: Value) => number,
  start: ValueCounterStart<Value> | undefined,
  onHashed?: (value: Value, hashed: number, weight: number) => void,
): ValueCounter<Value> {
  const counted = new Map<Value, number>(start?.values)
  let isComplete = start?.isComplete ?? true
  const sampled = new Map<number, number>(start?.sample?.counts)
  let depth = start?.sample?.depth ?? 0
  let limit = hashRange / 2 ** depth

  function addToSample(value: Value, weight: number): void {
    const hashed = hash(value)
    onHashed?.(value, hashed, weight)
    if (hashed >= limit) return
    change(sampled, hashed, weight)
    while (sampled.size > sampleSize) {
      depth += 1
      limit /= 2
      for (const each of sampled.keys()) if (each >= limit) sampled.delete(each)
    }
  }

  /** Too many values to count each: the most frequent go on being counted, which they were from the first row on. */
  function beginSampling(): void {
    isComplete = false
    for (const [value, rows] of counted) addToSample(value, rows)
    const kept = sorted(counted).slice(0, keptValues)
    counted.clear()
    for (const [value, rows] of kept) counted.set(value, rows)
  }

  return {
    add(value, weight) {
      if (isComplete) {
        change(counted, value, weight)
        if (counted.size > mostValues) beginSampling()
        return
      }
      const rows = counted.get(value)
      // Also at 0: should the value come back, its count is still right.
      if (rows !== undefined) counted.set(value, rows + weight)
      addToSample(value, weight)
    },
    distinct: () => (isComplete ? counted.size : sampled.size * 2 ** depth),
    values: () => sorted(counted),
    isComplete: () => isComplete,
    sample: () => (isComplete ? null : { depth, counts: byKey(sampled) }),
  }
}

function sorted<Value extends MetricValue>(counts: ReadonlyMap<Value, number>): readonly (readonly [Value, number])[] {
  return [...counts].toSorted(
    ([one, ofOne], [other, ofOther]) => ofOther - ofOne || (one < other ? -1 : one > other ? 1 : 0),
  )
}

/** Where a counter goes on from what was measured before; `read` gives a kept value its type. */
export function counterStart<Value extends MetricValue>(
  measured: MeasuredColumn | undefined,
  read: (value: MetricValue) => Value,
): ValueCounterStart<Value> | undefined {
  if (measured === undefined) return undefined
  const { values, isComplete } = measured.metric.detail
  return { values: values.map(([value, rows]) => [read(value), rows]), isComplete, sample: measured.sample }
}
