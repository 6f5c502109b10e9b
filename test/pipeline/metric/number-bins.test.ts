import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnTypes } from '../../../src/main/kernel/column-type.ts'
import { binner, binStart } from '../../../src/main/pipeline/metric/number-bins.ts'

const binOf = binner('money')
const whole = fc.oneof(
  fc.integer({ min: -200, max: 200 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.integer({ min: 0, max: 52 }).map((power) => 2 ** power),
  fc.integer({ min: 1, max: 52 }).map((power) => 2 ** power - 1),
)

test('each number lies in its bin, which ends where the next begins', () => {
  fc.assert(
    fc.property(whole, (value) => {
      const bin = binOf(value)
      expect(binStart('money', bin)).toBeLessThanOrEqual(value)
      expect(binStart('money', bin + 1)).toBeGreaterThan(value)
    }),
    { numRuns: 5_000 },
  )
})

test('a bin begins with its first value, and the value before lies in the bin before', () => {
  const last = binOf(Number.MAX_SAFE_INTEGER)
  for (let bin = -last; bin < last; bin += 1) {
    const start = binStart('integer', bin)
    expect([start, binOf(start)]).toEqual([start, bin])
    expect([start, binOf(start - 1)]).toEqual([start, bin - 1])
  }
})

test('a bin of large numbers is known to 3 %, one of small numbers exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (value) => {
      const bin = binOf(value)
      const width = binStart('money', bin + 1) - binStart('money', bin)
      if (value < 64) expect(width).toBe(1)
      expect(width / value).toBeLessThanOrEqual(value < 64 ? 1 : 1 / 32)
    }),
  )
})

test('days and instants lie in weeks that begin on Monday', () => {
  const monday = Date.UTC(2022, 0, 3) / 86_400_000
  const weekOf = binner('date')
  expect(binStart('date', weekOf(monday))).toBe(monday)
  expect(weekOf(monday + 6)).toBe(weekOf(monday))
  expect(weekOf(monday - 1)).toBe(weekOf(monday) - 1)
  for (const type of ['date', 'timestamp'] as const)
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (day) => {
        const value = type === 'date' ? day : day * 86_400_000 + 12_345
        const bin = binner(type)(value)
        expect(binStart(type, bin)).toBeLessThanOrEqual(value)
        expect(binStart(type, bin + 1)).toBeGreaterThan(value)
      }),
    )
})

test('zero is the first value of the bin 0 of all numbers', () => {
  const numbers = columnTypes.filter((type) => type !== 'date' && type !== 'timestamp')
  expect(numbers.map((type) => binner(type)(0))).toEqual(numbers.map(() => 0))
})
