import { expect, test } from 'vitest'
import { styleOf, stylesOf } from '../../../src/main/features/sample/styles.ts'

const day = 19_057 // 2022-03-06
const instant = Date.UTC(2022, 2, 6, 1, 2, 3, 45)

test.each([
  [
    'date',
    day,
    [
      '2022-03-06',
      '2022/03/06',
      '20220306',
      '03/06/2022',
      '3/6/2022',
      '03-06-2022',
      '6-Mar-2022',
      '6-MAR-2022',
      '2022-03-06T00:00:00',
    ],
  ],
  [
    'instant',
    instant,
    [
      '2022-03-06T01:02:03.045Z',
      '2022-03-06T01:02:03Z',
      '2022-03-06 01:02:03',
      '2022-03-05T20:02:03-05:00',
      '2022-03-06',
    ],
  ],
  ['money', 123_456_750, ['1234567.50', '1234567.5', '$1234567.50', '1,234,567.50', '$1,234,567.50']],
  ['money', 10_000, ['100.00', '100', '$100.00', '100.00', '$100.00']],
  ['text', 'Ab c-D', ['Ab c-D', ' Ab c-D ', 'Ab  c-D', 'ab c-d', 'AB C-D', 'Ab cD']],
] as const)('the styles of a %s', (type, value, texts) => {
  expect(stylesOf(type).map((style) => styleOf(type, style)(value))).toEqual(texts)
})
