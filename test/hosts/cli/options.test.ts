import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { parseDay, wholeNumber } from '../../../src/main/hosts/cli/options.ts'

describe('a day', () => {
  test('that exists is taken as it is written', () => {
    const days = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10)
        expect(parseDay(day)).toBe(day)
      }),
    )
  })

  test.each([
    '2022-02-29',
    '2022-02-30',
    '2022-13-01',
    '2022-00-10',
    '2022-01-00',
    '0000-01-01',
    '2022-1-1',
    '20220101',
    ' 2022-01-01',
    '2022-01-01T00',
    '',
  ])('is refused when it is %j', (text) => {
    expect(() => parseDay(text)).toThrow('YYYY-MM-DD')
  })

  test('in a leap year', () => {
    expect(parseDay('2024-02-29')).toBe('2024-02-29')
  })
})

describe('a whole number', () => {
  test('within its limits is a number', () => {
    expect(wholeNumber(0, 65_535)('8080')).toBe(8080)
  })

  test.each(['65536', '-1', '1.5', '1e3', '', ' 1', '0x10', '999999999999999999999'])(
    'is refused when it is %j',
    (text) => {
      expect(() => wholeNumber(0, 65_535)(text)).toThrow('from 0 to 65535')
    },
  )
})
