import { expect, test } from 'vitest'
import { bringToGrowth } from '../../../src/main/pipeline/drift/bring-to-growth.ts'
import type { HistoryPoint } from '../../../src/main/pipeline/drift/history-point.ts'
import { learnBand } from '../../../src/main/pipeline/drift/learn-band.ts'
import { unusualness } from '../../../src/main/pipeline/drift/unusualness.ts'

const pointsOf = (values: readonly number[], incidents: readonly number[] = []): HistoryPoint[] =>
  values.map((value, at) => ({
    run: at + 1,
    day: 19_000 + at,
    value,
    label: incidents.includes(at) ? 'incident' : null,
  }))
const valuesOf = (points: readonly HistoryPoint[]) => points.map(({ value }) => value)

test('what only grows is judged by its steps from where it stands', () => {
  expect(valuesOf(bringToGrowth(pointsOf([100, 110, 125, 125, 130]), 9))).toEqual([140, 145, 130, 135])
})

test('what goes up and down, or never moves, stays as it is', () => {
  for (const values of [[100, 90, 110, 95, 105], [7, 7, 7, 7], [], [5]])
    expect(valuesOf(bringToGrowth(pointsOf(values), 9))).toEqual(values)
})

test('an incident is stepped over, and no later run teaches an earlier one', () => {
  expect(valuesOf(bringToGrowth(pointsOf([100, 110, 5_000, 120, 130], [2]), 9))).toEqual([140, 140, 140])
  expect(valuesOf(bringToGrowth(pointsOf([100, 110, 120, 130, 900]), 5))).toEqual([140, 140, 140])
})

test('a table that grew by 500 rows a day from nothing may do so again, and not by ten times as many', () => {
  const history = bringToGrowth(pointsOf(Array.from({ length: 12 }, (_, day) => 500 * (day + 1))), 13)
  const band = learnBand(history, { run: 13, day: 19_012 }, { scale: 'ratio', floor: 0.1 })
  if (band === null) throw new Error('there is history enough')
  expect(unusualness(band, 6_500)).toBeLessThan(0.2)
  expect(band.high).toBeLessThan(9_000)
  expect(unusualness(band, 11_000)).toBeGreaterThan(1)
  expect(unusualness(band, 0)).toBeGreaterThan(1)
})
