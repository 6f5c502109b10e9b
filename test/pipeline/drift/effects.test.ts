import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cohensH } from '../../../src/main/pipeline/drift/cohens-h.ts'
import { incompleteGamma } from '../../../src/main/pipeline/drift/incomplete-gamma.ts'
import { poissonAtMost, poissonMoreThan } from '../../../src/main/pipeline/drift/poisson-tail.ts'
import { quantileOfCounts } from '../../../src/main/pipeline/drift/quantile-of-counts.ts'
import { medianAbsoluteDeviation } from '../../../src/main/pipeline/drift/robust.ts'
import { sumOf } from '../../../src/main/pipeline/drift/shares.ts'
import { relativeError } from './relative-error.ts'

const exact = 1e-9

describe('equal to scipy 1.17.1', () => {
  test('stats.poisson.cdf and .sf', () => {
    for (const [count, mean, atMost, moreThan] of [
      [0, 3.5, 0.0301973834223185, 0.9698026165776815],
      [0, 20, 2.0611536224385566e-9, 0.9999999979388464],
      [2, 3.5, 0.32084719886213414, 0.6791528011378658],
      [10, 3.5, 0.998980605562383, 0.0010193944376170052],
      [100, 80, 0.9868311451240662, 0.013168854875933837],
      [1_000, 1_200, 1.553146982114243e-9, 0.9999999984468531],
      [1_000_000_000, 1e9, 0.500008410441739, 0.499991589558261],
      [999_900_000, 1e9, 0.000782616125335315, 0.9992173838746646],
      [1_000_100_000, 1e9, 0.9992172138673328, 0.0007827861326672327],
      [0, 1e-9, 0.999999999, 9.999999995000006e-10],
      [5, 0, 1, 0],
      [0, 0.1, 0.9048374180359595, 0.09516258196404044],
      [3, 700, 5.660673748047227e-297, 1],
    ] as const) {
      expect(relativeError(poissonAtMost(count, mean), atMost), `at most ${count} of ${mean}`).toBeLessThan(exact)
      expect(relativeError(poissonMoreThan(count, mean), moreThan), `more than ${count} of ${mean}`).toBeLessThan(exact)
    }
    // By the series in 40 digits of mpmath 1.3.0; scipy 1.17.1 is off by a factor of four here.
    expect(relativeError(poissonMoreThan(1_000_150_000, 1e9), 1.051224023016396e-6)).toBeLessThan(exact)
    expect([poissonAtMost(-1, 3), poissonMoreThan(-1, 3)]).toEqual([0, 1])
    expect([poissonAtMost(1, -3), poissonMoreThan(Number.NaN, 3)]).toEqual([null, null])
  })

  test('stats.chi2.sf', () => {
    for (const [value, freedom, tail] of [
      [0.01, 1, 0.920344325445942],
      [3.84, 1, 0.05004352124870519],
      [50, 3, 7.989179244951495e-11],
      [1_000, 900, 0.010994608942135844],
      [1e-8, 2, 0.999999995],
      [700, 5, 4.911986103573117e-149],
      [1_000_100_000, 1e9, 0.012675611994935564],
    ] as const)
      expect(relativeError(incompleteGamma(freedom / 2, value / 2).upper, tail), `${value} of ${freedom}`).toBeLessThan(
        exact,
      )
  })

  test("stats.median_abs_deviation(scale='normal')", () => {
    expect(relativeError(medianAbsoluteDeviation([3, 1, 4, 1, 5, 9, 2, 6, 5, 3]), 2.223903327758403)).toBeLessThan(
      exact,
    )
    expect(relativeError(medianAbsoluteDeviation([1e9, 1e9 + 1, 1e9 + 5, 7]), 3.706505546264005)).toBeLessThan(exact)
    expect(medianAbsoluteDeviation([5])).toBe(0)
    expect(medianAbsoluteDeviation([])).toBeNull()
  })
})

test("equal to quantile(method='inverted_cdf') of numpy 2.4.6", () => {
  const positions = [1, 2, 5, 10, 100]
  for (const [share, position] of [
    [0, 1],
    [0.1, 1],
    [0.3, 1],
    [0.3000001, 5],
    [0.5, 5],
    [0.7, 5],
    [0.9, 10],
    [0.95, 100],
    [1, 100],
  ] as const)
    expect(quantileOfCounts(positions, [3, 0, 4, 2, 1], share), `at ${share}`).toBe(position)
  const huge = [1_000_000_000, 2_000_000_000, 1]
  expect([0.3333, 0.33333333, 0.5, 1].map((share) => quantileOfCounts([1, 2, 3], huge, share))).toEqual([1, 1, 2, 3])
  expect(quantileOfCounts([], [], 0.5)).toBeNull()
  expect(quantileOfCounts([1, 2], [0, 0], 0.5)).toBeNull()
})

test('a quantile is the value in its place among all rows', () => {
  const counts = fc.array(fc.nat(9), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 64 }), (rows, part) => {
      fc.pre(sumOf(rows) > 0)
      const all = rows.flatMap((count, position) => Array.from({ length: count }, () => position))
      const place = Math.ceil((part / 64) * all.length) - 1
      expect(quantileOfCounts([...rows.keys()], rows, part / 64)).toBe(all[place])
    }),
  )
})

// Cohen 1988, ch. 6; the first value stands in the documentation of statsmodels: proportion_effectsize(0.5, 0.4).
test("Cohen's h", () => {
  expect(relativeError(cohensH(0.4, 0.5), 0.20135792079033088)).toBeLessThan(exact)
  expect(relativeError(cohensH(0.5, 0.4), -0.20135792079033088)).toBeLessThan(exact)
  expect(relativeError(cohensH(0.003, 0.08), 0.46391374659145734)).toBeLessThan(exact)
  expect(relativeError(cohensH(0, 1), Math.PI)).toBeLessThan(exact)
  expect(cohensH(0, 0)).toBe(0)
  expect([cohensH(Number.NaN, 0.1), cohensH(0.1, 1.2)]).toEqual([null, null])
})
