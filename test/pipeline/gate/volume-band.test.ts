import { describe, expect, test } from 'vitest'
import { learnVolumeBand, type Volume } from '../../../src/main/pipeline/gate/volume-band.ts'

/** A wobble that no chance decides: between -1 and 1, without a pattern. */
const wobble = (index: number) => Math.sin(index * 12.9898 + 4.1414)
const volumesOf = (count: number, rowsOn: (index: number) => number): readonly Volume[] =>
  Array.from({ length: count }, (_, index) => ({
    day: 19_000 + index,
    rows: Math.round(rowsOn(index)),
    levelRatio: null,
  }))
const bandAfter = (history: readonly Volume[]) => {
  const band = learnVolumeBand(history, 19_000 + history.length)
  if (band === null) throw new Error('no band')
  return band
}
const holds = ({ low, high }: { readonly low: number; readonly high: number }, rows: number) =>
  rows < low || rows > high

describe('the band of rows', () => {
  test('is not there before eight deliveries', () => {
    expect(
      learnVolumeBand(
        volumesOf(7, () => 1_000),
        19_007,
      ),
    ).toBeNull()
    expect(
      learnVolumeBand(
        volumesOf(8, () => 1_000),
        19_008,
      ),
    ).not.toBeNull()
  })

  test('takes what is as usual, and not half, nor 30 % more or less', () => {
    for (const count of [8, 20, 60, 200]) {
      const band = bandAfter(volumesOf(count, (index) => 10_000 * (1 + 0.05 * wobble(index))))
      for (const rows of [9_300, 10_000, 10_700]) expect(holds(band, rows), `${rows} after ${count}`).toBe(false)
      for (const rows of [0, 5_000, 7_000, 13_000]) expect(holds(band, rows), `${rows} after ${count}`).toBe(true)
    }
  })

  test('goes by the weekday where the history shows it', () => {
    const rowsOn = (index: number) => (index % 7 < 5 ? 10_000 : 3_000) * (1 + 0.04 * wobble(index))
    for (const days of [28, 29, 33, 34]) {
      const band = bandAfter(volumesOf(days, rowsOn))
      const usual = days % 7 < 5 ? 10_000 : 3_000
      expect(band.isByWeekday).toBe(true)
      expect(holds(band, usual), `day ${days}`).toBe(false)
      expect(holds(band, usual === 3_000 ? 10_000 : 3_000), `day ${days}`).toBe(true)
      expect(holds(band, usual * 1.35), `day ${days}`).toBe(true)
    }
  })

  test('takes the second weekend of a feed for one', () => {
    const history = volumesOf(12, (index) => (index % 7 < 5 ? 10_000 : 3_000))
    expect(holds(bandAfter(history), 3_000)).toBe(false)
  })

  test('goes on with the growth', () => {
    const band = bandAfter(volumesOf(90, (index) => 1_000 * 1.006 ** index))
    expect(band.expected / (1_000 * 1.006 ** 90)).toBeCloseTo(1, 1)
  })

  test('does not learn from one outlier, and from a new level that a person expects at once', () => {
    const history = volumesOf(30, () => 10_000)
    const outlier = { day: 19_030, rows: 20_000, levelRatio: null }
    expect(bandAfter([...history, outlier]).expected).toBeCloseTo(10_000, -2)
    expect(bandAfter([...history, { ...outlier, levelRatio: 2 }]).expected).toBeCloseTo(20_000, -2)
  })

  test('is wide for a handful of rows', () => {
    const band = bandAfter(volumesOf(20, () => 5))
    expect([holds(band, 3), holds(band, 8)]).toEqual([false, false])
  })
})
