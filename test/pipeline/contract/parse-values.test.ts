import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAmount } from '../../../src/main/pipeline/contract/parse-amount.ts'
import { parseDate } from '../../../src/main/pipeline/contract/parse-date.ts'
import { parseEmail } from '../../../src/main/pipeline/contract/parse-email.ts'
import { parsePairs } from '../../../src/main/pipeline/contract/parse-pairs.ts'
import { parseTimestamp } from '../../../src/main/pipeline/contract/parse-timestamp.ts'

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000

describe('parseDate', () => {
  test.each([
    ['2022-03-04', '2022-03-04'],
    ['2022/03/04', '2022-03-04'],
    ['20220304', '2022-03-04'],
    ['3/4/2022', '2022-03-04'],
    ['03/04/2022', '2022-03-04'],
    ['03-04-2022', '2022-03-04'],
    ['4-Mar-2022', '2022-03-04'],
    ['04-MAR-2022', '2022-03-04'],
    ['2022-03-04T23:59:59-08:00', '2022-03-04'],
    ['2022-03-04 08:15', '2022-03-04'],
    ['2024-02-29', '2024-02-29'],
    ['1900-01-01', '1900-01-01'],
    ['2999-12-31', '2999-12-31'],
  ])('%s is %s', (text, expected) => expect(parseDate(text)).toBe(day(expected)))

  test.each([
    '2023-02-29',
    '1899-12-31',
    '3000-01-01',
    '13/01/2022',
    '2022-3-4',
    '3-4-2022',
    '4-Mrz-2022',
    '2022-03-04T25:00',
    '2022-03-04x',
    'tomorrow',
    '44562',
    '2022-00-10',
    '0/1/2022',
  ])('%s is none', (text) => expect(parseDate(text)).toBeUndefined())

  test('every real day is read in every form', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }),
        (date) => {
          const [year, month, dayOfMonth] = date.toISOString().slice(0, 10).split('-') as [string, string, string]
          const expected = day(`${year}-${month}-${dayOfMonth}`)
          for (const text of [
            `${year}/${month}/${dayOfMonth}`,
            `${year}${month}${dayOfMonth}`,
            `${Number(month)}/${Number(dayOfMonth)}/${year}`,
            `${month}-${dayOfMonth}-${year}`,
          ])
            expect(parseDate(text)).toBe(expected)
        },
      ),
    )
  })
})

describe('parseTimestamp', () => {
  test.each([
    ['2022-10-18', '2022-10-18T00:00:00.000Z'],
    ['2022-10-18T08:24', '2022-10-18T08:24:00.000Z'],
    ['2022-10-18 08:24:17', '2022-10-18T08:24:17.000Z'],
    ['2022-10-18T08:24:17.4Z', '2022-10-18T08:24:17.400Z'],
    ['2022-10-18T08:24:17.123456Z', '2022-10-18T08:24:17.123Z'],
    ['2022-10-18T08:24:17+02:00', '2022-10-18T06:24:17.000Z'],
    ['2022-10-18T20:24:17-0500', '2022-10-19T01:24:17.000Z'],
    ['2022-10-18T08:24:17+02', '2022-10-18T06:24:17.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['0001-01-01', '0001-01-01T00:00:00Z'],
    ['1899-12-31 23:00-05:00', '1900-01-01T04:00:00Z'],
  ])('%s is %s', (text, expected) => expect(parseTimestamp(text)).toBe(Date.parse(expected)))

  test.each([
    '2022-10-18T',
    '2022-10-18T24:00',
    '2022-10-18T08:60',
    '10/18/2022',
    '2022-02-30',
    '2022-10-18T08:24:17 UTC',
    '1666081457',
    '0000-01-01',
    '9999-12-31T23:00-05:00',
    '0001-01-01T00:00+01:00',
    '1900-02-29',
  ])('%s is none', (text) => expect(parseTimestamp(text)).toBeUndefined())
})

describe('parseAmount', () => {
  test.each([
    ['0', 0],
    ['12', 1200],
    ['12.5', 1250],
    ['$12.05', 1205],
    ['1,234.50', 123450],
    ['1234567.89', 123456789],
    ['$1,234,567', 123456700],
    ['-3.10', -310],
    ['-$3.10', -310],
    ['(12.00)', -1200],
    ['($1,200.00)', -120000],
    ['-0', 0],
  ])('%s is %d cents', (text, cents) => expect(parseAmount(text)).toBe(cents))

  test.each([
    '12.345',
    '1,23',
    '12,34.00',
    '1e3',
    '.50',
    '12.',
    '+5',
    '$',
    '()',
    '(-12)',
    '12 000',
    '1.234,56',
    '99999999999999999.99',
  ])('%s is none', (text) => expect(parseAmount(text)).toBeUndefined())
})

describe('parseEmail', () => {
  test.each(['a@b.co', 'Pat.O_Neil%x+y-z@Sub.Example.COM', `${'a'.repeat(64)}@x.org`])('%s is valid', (text) =>
    expect(parseEmail(text)).toBe(text.toLowerCase()),
  )
  test.each([
    'a@b',
    'a@@b.co',
    'a b@c.co',
    'a..b@c.co',
    '.a@b.co',
    'a.@b.co',
    'a@.b.co',
    'a@b..co',
    'a@b.co.',
    'a@b.c',
    'a@b.c1',
    `${'a'.repeat(65)}@x.org`,
    'é@b.co',
    '@b.co',
  ])('%s is not', (text) => expect(parseEmail(text)).toBeUndefined())
})

test('parsePairs takes keys in any case, the last of a key, and no empty value', () => {
  expect([...parsePairs('Status=active; department: Sales | STATUS = left;location=;a: b=c;noise')]).toEqual([
    ['status', 'left'],
    ['department', 'Sales'],
    ['location', null],
    ['a', 'b=c'],
  ])
})
