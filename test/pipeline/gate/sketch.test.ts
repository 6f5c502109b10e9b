import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHasher } from '../../../src/main/pipeline/metric/hash-values.ts'
import { compareSketches, createSketch, mergeSketches } from '../../../src/main/pipeline/gate/sketch.ts'

const { text, values } = createHasher()

function sketchOf(keys: readonly number[], size: number, contentOf: (key: number) => number = () => 1) {
  const builder = createSketch(size)
  for (const key of keys) builder.add(text(`key ${key}`), contentOf(key), 0)
  return builder.take()
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

test('shares of small sets are exact', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(300)), fc.uniqueArray(fc.nat(300)), (before, now) => {
      const contentOf = (key: number) => (key % 3 === 0 ? 2 : 1)
      const { added, gone, changed } = compareSketches(sketchOf(before, 400), sketchOf(now, 400, contentOf), 400)
      const both = now.filter((key) => before.includes(key))
      const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
      expect(added).toBe(share(now.length - both.length, now.length))
      expect(gone).toBe(share(before.length - both.length, before.length))
      expect(changed).toBe(share(both.filter((key) => key % 3 === 0).length, both.length))
    }),
  )
})

test('shares of large sets are near, and a sketch stays small', () => {
  const before = sketchOf(range(0, 100_000), 1024)
  const now = sketchOf(range(20_000, 140_000), 1024)
  expect(before.hashes).toHaveLength(1024)
  const { added, gone } = compareSketches(before, now, 1024)
  expect(added).toBeCloseTo(40_000 / 120_000, 1)
  expect(gone).toBeCloseTo(20_000 / 100_000, 1)
})

test('a sketch hangs neither on the order nor on how a feed is cut into files', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500)), fc.nat(500), (keys, cut) => {
      const whole = sketchOf(keys, 32)
      expect(sketchOf(keys.toReversed(), 32)).toEqual(whole)
      expect(mergeSketches([sketchOf(keys.slice(0, cut), 32), sketchOf(keys.slice(cut), 32)], 32)).toEqual(whole)
    }),
  )
})

test('hashes tell rows apart, by value and by place', () => {
  const rows = range(0, 50_000).map((key) => values([`k${key}`, null, key % 7, 'same'], null))
  expect(new Set(rows).size).toBe(50_000)
  expect(values(['a', null], null)).not.toBe(values([null, 'a'], null))
  expect(values(['a', 'b'], new Set([1]))).toBe(values(['a', 'c'], new Set([1])))
  const low = rows.filter((hash) => hash < 2 ** 53 / 4).length
  expect(low / rows.length).toBeCloseTo(0.25, 1)
})
