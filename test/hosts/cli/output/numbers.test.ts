import { expect, test } from 'vitest'
import { change, count, duration, size } from '../../../../src/main/hosts/cli/output/numbers.ts'

test('numbers are grouped', () => {
  expect([count(0), count(1234567)]).toEqual(['0', '1,234,567'])
})

test('a change says its direction, and nothing where there was nothing before', () => {
  expect([change(5, 2), change(2, 5), change(5, 5), change(5, null)]).toEqual(['+3', '-3', '0', ''])
})

test('durations are as fine as they matter', () => {
  expect([duration(0.042), duration(12.34), duration(59.99), duration(185), duration(null)]).toEqual([
    '0.04 s',
    '12.3 s',
    '60.0 s',
    '3 min 05 s',
    '',
  ])
})

test('sizes have the unit that fits', () => {
  expect([size(0), size(812), size(4_100), size(999_999_999), size(5_200_000_000_000_000)]).toEqual([
    '0 B',
    '812 B',
    '4.1 kB',
    '1000.0 MB',
    '5200.0 TB',
  ])
})
