import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ColumnDetail } from '../../../src/main/pipeline/metric/column-metric.ts'
import { packDetail, packSample, unpackDetail, unpackSample } from '../../../src/main/pipeline/metric/pack-detail.ts'
import { shapeOf } from '../../../src/main/pipeline/metric/shape-of.ts'

test.each([
  ['P123', 'A9'],
  ['PL-20-7', 'A-9-9'],
  ['12-3456789', '9-9'],
  ['Ana Núñez', 'Aa Aa'],
  ['ÉCOLE', 'A'],
  ['x@a.com', 'a@a.a'],
  ['', ''],
  ['  ', '  '],
  ['---', '---'],
  ['2022-01-01T00:00Z', '9-9-9A9:9A'],
])('%s looks like %s', (text, shape) => {
  expect(shapeOf(text)).toBe(shape)
})

test('a shape is never longer than forty signs, and that of a shape is itself where it has no digits of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const shape = shapeOf(text)
      expect(shape.length).toBeLessThanOrEqual(40)
      expect(shapeOf(shape)).toBe(shape)
    }),
  )
})

const counts = <Key>(key: fc.Arbitrary<Key>) => fc.array(fc.tuple(key, fc.integer()), { maxLength: 20 })

test('what is packed comes out as it was', () => {
  const detail: fc.Arbitrary<ColumnDetail> = fc.record({
    values: counts(fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger())),
    isComplete: fc.boolean(),
    bins: counts(fc.integer()),
    lengths: counts(fc.nat()),
    shapes: counts(fc.string()),
  })
  fc.assert(
    fc.property(detail, (one) => {
      expect(unpackDetail(packDetail(one))).toEqual(one)
    }),
  )
  const sample = fc.record({ depth: fc.nat(50), counts: counts(fc.maxSafeNat()) })
  fc.assert(
    fc.property(sample, (one) => {
      expect(unpackSample(packSample(one))).toEqual(one)
    }),
  )
  expect(unpackSample(packSample(null))).toBeNull()
})
