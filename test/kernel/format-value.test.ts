import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCell } from '../../src/main/kernel/format-value.ts'

const millisecondsPerDay = 86_400_000

test('days and instants agree with the platform over the whole calendar', () => {
  fc.assert(
    fc.property(fc.integer({ min: -719_528 * millisecondsPerDay, max: 2_932_896 * millisecondsPerDay }), (instant) => {
      const iso = new Date(instant).toISOString()
      expect(formatCell('timestamp', instant)).toBe(iso)
      expect(formatCell('date', Math.floor(instant / millisecondsPerDay))).toBe(iso.slice(0, 10))
    }),
    { numRuns: 5000 },
  )
})

test('numbers and bigints look the same', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (number) => {
      for (const type of ['integer', 'money', 'percent'] as const)
        expect(formatCell(type, number)).toBe(formatCell(type, BigInt(number)))
    }),
  )
})

test.each([
  ['money', 0, '0.00'],
  ['money', -1, '-0.01'],
  ['money', 123, '1.23'],
  ['percent', 33_333, '333.33'],
  ['boolean', 1n, 'true'],
  ['text', 5, '5'],
  ['date', null, null],
] as const)('a %s of %s is %s', (type, value, text) => {
  expect(formatCell(type, value)).toBe(text)
})

test.each([
  ['date', 1.5],
  ['date', 4_000_000],
  ['date', '2022-01-01'],
  ['boolean', 2],
  ['integer', Number.NaN],
  ['integer', 2 ** 60],
  ['text', new Uint8Array(2)],
  ['money', undefined],
] as const)('a %s cannot be %s', (type, value) => {
  expect(() => formatCell(type, value)).toThrow(expect.objectContaining({ code: 'MODEL_FAILED' }))
})
