import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HistoryPoint } from '../../../src/main/pipeline/drift/history-point.ts'
import { learnBand, type Band, type BandOptions } from '../../../src/main/pipeline/drift/learn-band.ts'
import { directionOf, unusualness } from '../../../src/main/pipeline/drift/unusualness.ts'
import { drawsOf } from './simulated-metrics.ts'

const firstDay = 19_000 // Saturday, 2022-01-08
const ratio = { scale: 'ratio', floor: 0.02 } as const
const share = { scale: 'share', floor: 0.005 } as const
const counted = { scale: 'difference', floor: 0.5 } as const

function historyOf(count: number, valueOn: (index: number) => number): readonly HistoryPoint[] {
  return Array.from({ length: count }, (_, index) => ({
    run: index + 1,
    day: firstDay + index,
    value: valueOn(index),
    label: null,
  }))
}
const noisy = (seed: number, middle: number, deviation: number) => {
  const { normal } = drawsOf(seed)
  return () => middle * (1 + deviation * normal())
}
function bandAfter(history: readonly HistoryPoint[], options: BandOptions = ratio, day?: number): Band {
  const last = history.at(-1)
  const at = { run: (last?.run ?? 0) + 1, day: day ?? (last?.day ?? 0) + 1 }
  const band = learnBand(history, at, options)
  if (band === null) throw new Error('no band')
  return band
}
const isOutside = (band: Band, value: number) => unusualness(band, value) > 1
const labelled = (history: readonly HistoryPoint[], run: number, change: Partial<HistoryPoint>) =>
  history.map((point) => (point.run === run ? { ...point, ...change } : point))

describe('what is learned from', () => {
  const history = historyOf(40, noisy(1, 100, 0.03))

  test('is nothing before eight runs', () => {
    expect(learnBand(history.slice(0, 7), { run: 8, day: firstDay + 7 }, ratio)).toBeNull()
    expect(learnBand(history.slice(0, 8), { run: 9, day: firstDay + 8 }, ratio)).not.toBeNull()
  })

  test('is neither the run itself nor a later one', () => {
    const at = { run: 31, day: firstDay + 30 }
    const band = learnBand(history.slice(0, 30), at, ratio)
    expect(learnBand([...history, { run: 31, day: at.day, value: 1e6, label: null }], at, ratio)).toEqual(band)
    expect(band?.runs).toEqual(history.slice(0, 30).map(({ run }) => run))
  })

  test('is in no order, and neither an incident nor an expected change', () => {
    const band = bandAfter(history)
    const label = fc.constantFrom('incident' as const, 'expected' as const)
    const odd = fc.record({
      run: fc.constant(0.5),
      day: fc.integer({ min: 18_000, max: 19_050 }),
      value: fc.double(),
      label,
    })
    fc.assert(
      fc.property(fc.shuffledSubarray([...history], { minLength: 40 }), fc.array(odd), (points, others) => {
        expect(learnBand([...others, ...points], { run: 41, day: firstDay + 40 }, ratio)).toEqual(band)
      }),
    )
  })

  test('does not depend on the unit of a ratio', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (unit) => {
        const [one, other] = [
          bandAfter(history),
          bandAfter(history.map((point) => ({ ...point, value: point.value * unit }))),
        ]
        for (const edge of ['low', 'expected', 'high'] as const)
          expect(other[edge] / unit / one[edge]).toBeCloseTo(1, 9)
      }),
    )
  })

  test('is hardly wider by one value far out, and by three of forty', () => {
    const width = (band: Band) => band.high - band.low
    const clean = bandAfter(history)
    const spoilt = [9, 20, 30].reduce((points, run) => labelled(points, run, { value: 300 }), history)
    expect(width(bandAfter(labelled(history, 20, { value: 300 })))).toBeLessThan(1.15 * width(clean))
    expect(width(bandAfter(spoilt))).toBeLessThan(1.2 * width(clean))
    expect(isOutside(bandAfter(spoilt), 300)).toBe(true)
  })

  test('holds what comes now and then', () => {
    const band = bandAfter(
      historyOf(60, (index) => (index % 6 === 5 ? 31 : 30)),
      counted,
    )
    expect([isOutside(band, 31), isOutside(band, 40)]).toEqual([false, true])
  })
})

describe('what a person said', () => {
  const step = historyOf(45, (index) => noisy(index + 1, index < 40 ? 100 : 150, 0.01)())

  test('a new level counts at once, and is surer with each run', () => {
    expect(isOutside(bandAfter(step.slice(0, 41)), 150)).toBe(true)
    const taught = labelled(step, 41, { label: 'new_level' })
    const bands = [41, 42, 45].map((count) => bandAfter(taught.slice(0, count)))
    for (const band of bands) {
      expect(band.expected / 150).toBeCloseTo(1, 1)
      expect([isOutside(band, 150), isOutside(band, 100)]).toEqual([false, true])
    }
    expect((bands[2]?.high ?? 0) - (bands[2]?.low ?? 0)).toBeLessThan((bands[0]?.high ?? 0) - (bands[0]?.low ?? 0))
  })

  test('a new level on a weekend moves the weekdays too', () => {
    const history = historyOf(43, (index) => (index % 7 < 2 ? 300 : 1_000) * (index < 42 ? 1 : 2))
    const band = bandAfter(labelled(history, 43, { label: 'new_level' }), ratio, firstDay + 44)
    expect(band.expected).toBeCloseTo(2_000, 3)
  })

  test('an incident is an alarm again when it comes again, an expected change too', () => {
    for (const label of ['incident', 'expected'] as const) {
      const band = bandAfter(labelled(step, 40, { value: 50, label }).slice(0, 40))
      expect(isOutside(band, 50)).toBe(true)
      expect(band.runs).not.toContain(40)
    }
  })
})

describe('seasons', () => {
  test('weekdays, where the history shows them', () => {
    const weekend = (index: number) => (index % 7 < 2 ? 0.4 : 1)
    const value = noisy(3, 1_000, 0.03)
    const history = historyOf(63, (index) => weekend(index) * value())
    expect(bandAfter(historyOf(63, value)).seasonality).toBe('none')
    for (const ahead of [0, 1, 2, 3, 4, 5, 6]) {
      const band = bandAfter(history, ratio, firstDay + 63 + ahead)
      const usual = 1_000 * weekend(63 + ahead)
      expect(band.seasonality).toBe('weekday')
      expect([isOutside(band, usual), isOutside(band, usual * 1.3)], `${ahead} days on`).toEqual([false, true])
    }
  })

  test('the first weekends of a feed are no alarm', () => {
    const history = historyOf(40, (index) => (index % 7 < 2 ? 400 : 1_000))
    for (let count = 8; count < 40; count += 1)
      expect(isOutside(bandAfter(history.slice(0, count)), history[count]?.value ?? 0), `day ${count}`).toBe(false)
  })

  test('the day of the month', () => {
    const dayOf = (index: number) => new Date((firstDay + index) * 86_400_000).getUTCDate()
    const value = noisy(4, 1_000, 0.02)
    const history = historyOf(120, (index) => value() * (dayOf(index) === 15 ? 2 : 1))
    const fifteenth = Array.from({ length: 40 }, (_, ahead) => 120 + ahead).find((index) => dayOf(index) === 15) ?? 0
    const band = bandAfter(history, ratio, firstDay + fifteenth)
    expect(band.seasonality).toBe('day_of_month')
    expect([isOutside(band, 2_000), isOutside(band, 1_000)]).toEqual([false, true])
    expect(isOutside(bandAfter(history, ratio, firstDay + fifteenth + 1), 1_000)).toBe(false)
    expect(isOutside(bandAfter(history, ratio, firstDay + fifteenth + 1), 2_000)).toBe(true)
  })

  test('the last business day of the month, besides weekdays; after two months both levels are possible', () => {
    const isLast = (index: number) => {
      const date = new Date((firstDay + index) * 86_400_000)
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
      const end = new Date(Date.UTC(year, month + 1, 0))
      const back = end.getUTCDay() === 0 ? 2 : end.getUTCDay() === 6 ? 1 : 0
      return date.getUTCDate() === end.getUTCDate() - back
    }
    const value = noisy(5, 1_000, 0.02)
    const history = historyOf(140, (index) => value() * (index % 7 < 2 ? 0.5 : 1) * (isLast(index) ? 1.8 : 1))
    const months = Array.from({ length: 140 }, (_, index) => index).filter(isLast)
    const [third = 0, fourth = 0] = months.slice(2)
    const unsure = bandAfter(history.slice(0, third), ratio)
    expect([unsure.seasonality === 'none', isOutside(unsure, 1_800), isOutside(unsure, 1_000)]).toEqual([
      false,
      false,
      false,
    ])
    const sure = bandAfter(history.slice(0, fourth), ratio)
    expect([sure.seasonality, isOutside(sure, 1_800), isOutside(sure, 1_000)]).toEqual(['business_day', false, true])
  })

  test('growth goes on', () => {
    const band = bandAfter(historyOf(60, (index) => 1_000 * 1.01 ** index))
    expect(band.expected / (1_000 * 1.01 ** 60)).toBeCloseTo(1, 9)
  })
})

describe('edges', () => {
  test('nothing within the floor is outside, and rounding never is', () => {
    const constant = historyOf(30, () => 30)
    expect([isOutside(bandAfter(constant, counted), 30.5), isOutside(bandAfter(constant, counted), 31)]).toEqual([
      false,
      true,
    ])
    const exact = bandAfter(constant, { scale: 'difference', floor: 0 })
    expect([isOutside(exact, 30 + 1e-12), isOutside(exact, 30.001)]).toEqual([false, true])
    const none = bandAfter(
      historyOf(30, () => 0),
      share,
    )
    expect([none.low, isOutside(none, 0.005), isOutside(none, 0.006)]).toEqual([0, false, true])
  })

  test('a ratio with zeros, below zero, or of a handful of rows is judged by differences', () => {
    const values = [0, 3, 5, 2, 4, 6, 1, 3, 2, 4]
    const handful = bandAfter(historyOf(40, (index) => values[index % 10] ?? 0))
    expect([handful.low, isOutside(handful, 8), isOutside(handful, 40)]).toEqual([0, false, true])
    const negative = bandAfter(historyOf(40, noisy(6, -100, 0.03)))
    expect([isOutside(negative, -100), isOutside(negative, -160), isOutside(negative, 0)]).toEqual([false, true, true])
  })

  test('a short history is wider', () => {
    const width = (count: number) => {
      const bands = Array.from({ length: 20 }, (_, seed) => bandAfter(historyOf(count, noisy(seed, 100, 0.03))))
      return bands.reduce((sum, { low, high }) => sum + high - low, 0)
    }
    expect(width(8)).toBeGreaterThan(1.5 * width(30))
    expect(width(30)).toBeGreaterThan(width(90))
  })

  test('unusualness is 0 at what is expected, 1 at either edge, and says the direction apart', () => {
    const band = { low: 90, expected: 100, high: 120 }
    expect([100, 90, 120, 80, 140].map((value) => unusualness(band, value))).toEqual([0, 1, 1, 2, 2])
    expect([100, 90, 120].map((value) => directionOf(band, value))).toEqual([0, -1, 1])
  })
})
