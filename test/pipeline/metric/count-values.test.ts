import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHasher } from '../../../src/main/pipeline/metric/hash-values.ts'
import { createValueCounter } from '../../../src/main/pipeline/metric/count-values.ts'
import { hashNumber } from '../../../src/main/pipeline/metric/hash-number.ts'
import { drawsOf } from '../drift/simulated-metrics.ts'

const step = fc.record({ value: fc.integer({ min: 0, max: 30 }), isTaken: fc.boolean(), isPacked: fc.boolean() })

test('adding and taking away in any order, with pauses, counts what is left', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let counter = createValueCounter(hashNumber, undefined)
      const left = new Map<number, number>()
      for (const { value, isTaken, isPacked } of steps) {
        const rows = left.get(value) ?? 0
        if (isTaken && rows === 0) continue
        left.set(value, rows + (isTaken ? -1 : 1))
        if (left.get(value) === 0) left.delete(value)
        counter.add(value, isTaken ? -1 : 1)
        if (isPacked)
          counter = createValueCounter(hashNumber, {
            values: counter.values(),
            isComplete: counter.isComplete(),
            sample: counter.sample(),
          })
      }
      expect(new Map(counter.values())).toEqual(left)
      expect(counter.distinct()).toBe(left.size)
      expect(counter.isComplete()).toBe(true)
    }),
  )
})

describe.each([
  ['numbers', hashNumber, (index: number) => index * 100],
  ['consecutive texts', createHasher().text, (index: number) => `C${index}`],
] as const)('of a hundred thousand %s', (_, hash, valueOf) => {
  const counterOf = () => createValueCounter<string | number>(hash as (value: string | number) => number, undefined)
  const many = 100_000

  test('different values are estimated to a few percent, also once most are taken away', () => {
    const counter = counterOf()
    for (let index = 0; index < many; index += 1) counter.add(valueOf(index), 1)
    for (let index = 0; index < many; index += 3) counter.add(valueOf(index), 1)
    expect(Math.abs(counter.distinct() / many - 1)).toBeLessThan(0.1)
    for (let index = 0; index < many; index += 3) counter.add(valueOf(index), -1)
    expect(Math.abs(counter.distinct() / many - 1)).toBeLessThan(0.1)
    for (let index = 0; index < many / 2; index += 1) counter.add(valueOf(index), -1)
    expect(Math.abs(counter.distinct() / (many / 2) - 1)).toBeLessThan(0.15)
  })

  test('the sample is the same whatever the order, as long as nothing is taken away', () => {
    const [one, other] = [counterOf(), counterOf()]
    for (let index = 0; index < 5_000; index += 1) one.add(valueOf(index), 1)
    for (let index = 4_999; index >= 0; index -= 1) other.add(valueOf(index), 1)
    expect(one.sample()).toEqual(other.sample())
  })

  test('the most frequent values are among those that are kept', () => {
    const counter = counterOf()
    const { uniform } = drawsOf(3)
    const rows = new Map<string | number, number>()
    for (let row = 0; row < 50_000; row += 1) {
      const value = valueOf(Math.floor(3_000 * uniform() ** 3))
      rows.set(value, (rows.get(value) ?? 0) + 1)
      counter.add(value, 1)
    }
    const [most] = [...rows].toSorted((a, b) => b[1] - a[1])
    expect(counter.values()[0]).toEqual(most)
    for (const [value, count] of counter.values()) expect(count, String(value)).toBe(rows.get(value))
  })
})

test('a kept value whose rows all went and came back has its rows', () => {
  const counter = createValueCounter(hashNumber, undefined)
  for (let value = 0; value < 2_000; value += 1) counter.add(value, value < 200 ? 9 : 1)
  const kept = new Map(counter.values())
  for (const value of kept.keys()) counter.add(value, -9)
  for (const value of kept.keys()) counter.add(value, 9)
  expect(new Map(counter.values())).toEqual(kept)
})

test('hashes of consecutive numbers and texts are spread evenly', () => {
  const { text } = createHasher()
  for (const hashes of [
    Array.from({ length: 20_000 }, (_, index) => hashNumber(index)),
    Array.from({ length: 20_000 }, (_, index) => hashNumber(index * 86_400_000)),
    Array.from({ length: 20_000 }, (_, index) => hashNumber(-index)),
    Array.from({ length: 20_000 }, (_, index) => text(`P${index}`)),
  ]) {
    expect(new Set(hashes).size).toBe(20_000)
    for (const parts of [16, 64]) {
      const below = hashes.filter((hash) => hash < 2 ** 53 / parts).length
      expect(Math.abs(below / (20_000 / parts) - 1), `1 in ${parts}`).toBeLessThan(0.2)
    }
  }
})
