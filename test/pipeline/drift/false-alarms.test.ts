import { describe, expect, test } from 'vitest'
import type { HistoryPoint } from '../../../src/main/pipeline/drift/history-point.ts'
import { learnBand, type BandOptions } from '../../../src/main/pipeline/drift/learn-band.ts'
import { unusualness } from '../../../src/main/pipeline/drift/unusualness.ts'
import { drawsOf, simulateMetrics, type Draws } from './simulated-metrics.ts'

const quiet = 8
const cleanRuns = 100
const asHistory = (values: readonly number[]): readonly HistoryPoint[] =>
  values.map((value, index) => ({ run: index + 1, day: 19_000 + index, value, label: null }))

test('a hundred clean runs of 150 metrics raise at most one alarm', () => {
  let tests = 0
  const alarms: string[] = []
  for (const metric of simulateMetrics(1, quiet + cleanRuns)) {
    const history = asHistory(metric.values)
    for (const point of history.slice(quiet)) {
      const band = learnBand(history.slice(0, point.run - 1), point, metric)
      tests += 1
      if (band === null || unusualness(band, point.value) > 1) alarms.push(`${metric.kind}, run ${point.run}`)
    }
  }
  expect(tests).toBe(15_000)
  expect(alarms.length, alarms.join('; ')).toBeLessThanOrEqual(1)
})

/** Of two hundred metrics of so many clean runs, the part in which a last run is outside. */
function foundShare(
  runs: number,
  options: BandOptions,
  clean: (draws: Draws) => number,
  planted: (draws: Draws) => number,
) {
  const found = Array.from({ length: 200 }, (_, seed) => {
    const draws = drawsOf(5_000 + seed)
    const history = asHistory(Array.from({ length: runs }, () => clean(draws)))
    const band = learnBand(history, { run: runs + 1, day: 19_000 + runs }, options)
    return band !== null && unusualness(band, planted(draws)) > 1
  })
  return found.filter(Boolean).length / found.length
}

describe('a planted change is found', () => {
  const ratio = { scale: 'ratio', floor: 0.02 } as const
  const amount = ({ normal }: Draws) => 100 * (1 + 0.03 * normal())

  test('a mean of 3 % noise that is 20 % higher or lower', () => {
    expect(foundShare(60, ratio, amount, () => 120)).toBeGreaterThan(0.9)
    expect(foundShare(60, ratio, amount, () => 80)).toBeGreaterThan(0.95)
    expect(foundShare(60, ratio, amount, (draws) => 1.2 * amount(draws))).toBeGreaterThan(0.75)
    expect(foundShare(30, ratio, amount, (draws) => 1.3 * amount(draws))).toBeGreaterThan(0.9)
  })

  test('nulls that go from 0.3 % to 8 %', () => {
    const share = { scale: 'share', floor: 0.005 } as const
    const nulls = (part: number) => (draws: Draws) => draws.poisson(2_000 * part) / 2_000
    for (const runs of [20, 30, 60]) expect(foundShare(runs, share, nulls(0.003), nulls(0.08)), `${runs}`).toBe(1)
  })

  test('one more distinct value after thirty runs of the same', () => {
    const options = { scale: 'difference', floor: 0.5 } as const
    expect(
      foundShare(
        30,
        options,
        () => 30,
        () => 31,
      ),
    ).toBe(1)
    expect(
      foundShare(
        30,
        { ...options, floor: 1 },
        () => 30,
        () => 31,
      ),
    ).toBe(0)
  })
})
