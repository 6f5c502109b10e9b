import { expect, test } from 'vitest'
import { judgeFreshness } from '../../../src/main/pipeline/gate/freshness-gate.ts'

const day = (text: string) => Date.parse(text) / 86_400_000
const asOf = day('2022-12-31')

/** What is said of a delivery whose newest row and newest file are of these moments, where 7 days warn and 30 hold. */
function judge(row: string | null, writtenAt: number, files = 1) {
  const freshness = { warn_after: 7, error_after: 30, severity: 'error' } as const
  return judgeFreshness(
    {
      source: 'claims',
      files,
      newestFile: { name: 'claims.csv', writtenAt },
      newest: row === null ? null : Date.parse(row),
    },
    { freshness, delivery: null, columns: 'evolve', per: null },
    asOf,
  )
}

test.each([
  [
    'a row that is the older',
    judge('2022-12-20', Date.parse('2022-12-30')),
    { status: 'warn', value: 11, high: 7 },
    'the feed is stale: its newest row is of 2022-12-20, 11 days before 2022-12-31; the contract allows 7 days.',
  ],
  [
    'a file that is the older',
    judge('2022-12-30', Date.parse('2022-11-20T23:59:59.999Z')),
    { status: 'held', value: 41, high: 30 },
    'the feed is stale: its file claims.csv was last written on 2022-11-20, 41 days before 2022-12-31; the contract allows 30 days.',
  ],
  [
    'both beyond a limit, the file more',
    judge('2022-11-30', Date.parse('2022-11-20'), 2),
    { status: 'held', value: 41, high: 30 },
    'the feed is stale: its newest file claims.csv was last written on 2022-11-20, 41 days before 2022-12-31, and its newest row is of 2022-11-30, 31 days before 2022-12-31; the contract allows 30 days.',
  ],
  [
    'both beyond a limit, but one of them not beyond that of the other',
    judge('2022-11-20', Date.parse('2022-12-20')),
    { status: 'held', value: 41, high: 30 },
    'the feed is stale: its newest row is of 2022-11-20, 41 days before 2022-12-31; the contract allows 30 days.',
  ],
  [
    'as old as is allowed',
    judge('2022-12-30', Date.parse('2022-12-24T00:00:00Z')),
    { status: 'pass', value: 7, high: 7 },
    'fresh: its file claims.csv was last written on 2022-12-24, 7 days before 2022-12-31.',
  ],
  [
    'of the as-of date',
    judge('2022-12-31', Date.parse('2022-12-31T23:00:00Z')),
    { status: 'pass', value: 0, high: 7 },
    'fresh: its newest row is of 2022-12-31, the as-of date.',
  ],
  [
    'without dated rows',
    judge(null, Date.parse('2022-12-30')),
    { status: 'pass', value: 1, high: 7 },
    'fresh: its file claims.csv was last written on 2022-12-30, 1 day before 2022-12-31.',
  ],
  [
    'without dated rows, copied after the as-of date by a clock that is far ahead',
    judge(null, 8e17),
    { status: 'pass', value: 0, high: 7 },
    'fresh: its file claims.csv was not written before 2022-12-31.',
  ],
  [
    'with a time that no calendar has',
    judge(null, -8e17),
    { status: 'held', value: asOf, high: 30 },
    `the feed is stale: its file claims.csv was last written on 1970-01-01, ${asOf} days before 2022-12-31; the contract allows 30 days.`,
  ],
])('a delivery %s', (_, verdict, facts, message) => {
  expect(verdict).toMatchObject({ ...facts, message: `claims: ${message}` })
})
