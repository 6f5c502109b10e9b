import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chiSquareOfHomogeneity } from '../../../src/main/pipeline/drift/chi-square.ts'
import { jensenShannonDistance } from '../../../src/main/pipeline/drift/jensen-shannon-distance.ts'
import { kolmogorovSmirnov, kolmogorovTail } from '../../../src/main/pipeline/drift/kolmogorov-smirnov.ts'
import { populationStabilityIndex } from '../../../src/main/pipeline/drift/population-stability-index.ts'
import { sumOf } from '../../../src/main/pipeline/drift/shares.ts'
import { wassersteinDistance } from '../../../src/main/pipeline/drift/wasserstein-distance.ts'
import { relativeError } from './relative-error.ts'

const exact = 1e-9

// Values of scipy 1.17.1 at positions -2, -0.5, 1, …: psi is stats.entropy both ways after the half counts; js is
// spatial.distance.jensenshannon(base=2); w is stats.wasserstein_distance; d and its p are stats.ks_2samp and stats.kstwobign.sf; chi is
// stats.chi2_contingency(correction=False). deviation is numpy 2.4.6's, of the side before.
const references = [
  {
    name: 'four bins',
    before: [10, 20, 30, 40],
    after: [15, 25, 30, 30],
    psi: 0.06019864021629681,
    js: 0.10396737285119051,
    w: 0.375,
    deviation: 1.5,
    d: 0.10000000000000003,
    bin: 1,
    direction: -1,
    p: 0.6993741991310152,
    chi: [2.984126984126984, 3, 0.39407896313656443],
  },
  {
    name: 'bins empty on one side',
    before: [5, 0, 12, 3],
    after: [0, 7, 20, 0],
    psi: 1.4119541759850276,
    js: 0.5787642123655045,
    w: 0.6138888888888889,
    deviation: 1.5204851199534968,
    d: 0.25,
    bin: 0,
    direction: 1,
    p: 0.46927912147047046,
    chi: [16.319444444444443, 3, 0.000975171339419457],
  },
  {
    name: 'a billion rows',
    before: [1_000_000_000, 2_000_000_000, 1, 0],
    after: [999_000_000, 2_001_000_000, 500, 3],
    psi: 1.535314522328471e-6,
    js: 0.0004152782183004936,
    w: 0.0005003360827768866,
    deviation: 0.7071067820115055,
    d: 0.00033338905521285156,
    bin: 0,
    direction: 1,
    p: 3.074589044257666e-145,
    chi: [1250.195582715172, 3, 9.424418658413278e-271],
  },
  {
    name: 'nothing in common',
    before: [0, 0, 7],
    after: [3, 0, 0],
    psi: 3.5024551838475717,
    js: 1,
    w: 3,
    deviation: 0,
    d: 1,
    bin: 0,
    direction: -1,
    p: 0.029991052510328544,
    chi: [10, 1, 0.001565402258002549],
  },
  {
    name: 'one bin',
    before: [100],
    after: [7],
    psi: 0,
    js: 0,
    w: 0,
    deviation: 0,
    d: 0,
    bin: 0,
    direction: 0,
    p: 1,
    chi: null,
  },
  {
    name: 'eight bins',
    before: [3, 1, 4, 1, 5, 9, 2, 6],
    after: [2, 7, 1, 8, 2, 8, 1, 8],
    psi: 0.9861295583015403,
    js: 0.4003143291174066,
    w: 0.7375762859633829,
    deviation: 3.2263709183554163,
    d: 0.1961639058413252,
    bin: 3,
    direction: -1,
    p: 0.5349779386324727,
    chi: [13.483594193271612, 7, 0.06116638735039119],
  },
] as const
const positions = Array.from({ length: 8 }, (_, index) => index * 1.5 - 2)

describe('equal to scipy 1.17.1', () => {
  test.each(references)('$name', ({ before, after, ...reference }) => {
    // The index of a billion equal rows is a difference of nearly equal numbers, in scipy too.
    expect(populationStabilityIndex(before, after)?.index).toBeCloseTo(reference.psi, 12)
    expect(relativeError(jensenShannonDistance(before, after)?.distance, reference.js), 'js').toBeLessThan(exact)
    const moved = wassersteinDistance(positions, before, after)
    expect(relativeError(moved?.distance, reference.w), 'w').toBeLessThan(exact)
    if (reference.w === 0) expect(moved?.effect).toBe(0)
    else if (reference.deviation === 0) expect(moved?.effect).toBeNull()
    else expect(relativeError(moved?.effect, reference.w / reference.deviation), 'effect').toBeLessThan(exact)
    const gap = kolmogorovSmirnov(before, after)
    expect(relativeError(gap?.statistic, reference.d), 'd').toBeLessThan(exact)
    expect(relativeError(gap?.pValue, reference.p), 'p').toBeLessThan(exact)
    expect([gap?.bin, gap?.direction]).toEqual([reference.bin, reference.direction])
    const chi = chiSquareOfHomogeneity(before, after)
    if (reference.chi === null) return expect(chi).toBeNull()
    expect(relativeError(chi?.statistic, reference.chi[0]), 'chi').toBeLessThan(exact)
    expect(chi?.freedom).toBe(reference.chi[1])
    expect(relativeError(chi?.pValue, reference.chi[2]), 'p of chi').toBeLessThan(exact)
  })

  test('stats.wasserstein_distance takes positions in any order', () => {
    expect(
      relativeError(wassersteinDistance([7, 1, 3, 3], [1, 2, 0, 4], [3, 0, 5, 1])?.distance, 1.3333333333333333),
    ).toBeLessThan(exact)
  })

  test('stats.kstwobign.sf', () => {
    for (const [value, tail] of [
      [0.1, 1],
      [0.3, 0.9999906941986655],
      [0.5, 0.9639452436648751],
      [0.8, 0.5441424115741981],
      [0.82, 0.5119717052984973],
      [0.83, 0.4961909953505036],
      [1, 0.26999967167735456],
      [1.36, 0.049485876755377876],
      [2, 0.0006709252557796953],
      [3, 3.045995948942526e-8],
      [6, 1.0760372320042276e-31],
    ] as const)
      expect(relativeError(kolmogorovTail(value), tail), `at ${value}`).toBeLessThan(exact)
  })
})

const counts = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 })
const aligned = (value: readonly number[], length: number) => Array.from({ length }, (_, index) => value[index] ?? 0)

test('an empty side has no distance', () => {
  for (const [before, after] of [
    [[], []],
    [[0, 0], [1]],
    [[5], []],
  ] as const) {
    expect(populationStabilityIndex(before, after)).toBeNull()
    expect(jensenShannonDistance(before, after)).toBeNull()
    expect(wassersteinDistance([1, 2], before, after)).toBeNull()
    expect(kolmogorovSmirnov(before, after)).toBeNull()
    expect(chiSquareOfHomogeneity(before, after)).toBeNull()
  }
})

test('distances are symmetric, zero of equal shares, and the sum of what the bins add', () => {
  fc.assert(
    fc.property(counts, counts, fc.integer({ min: 1, max: 9 }), (before, after, times) => {
      fc.pre(sumOf(before) > 0 && sumOf(after) > 0)
      const index = populationStabilityIndex(before, after)
      expect(populationStabilityIndex(after, before)?.index).toBeCloseTo(index?.index ?? -1, 9)
      expect(sumOf(index?.contributions ?? [])).toBe(index?.index)
      expect(Math.min(...(index?.contributions ?? []))).toBeGreaterThanOrEqual(0)
      const distance = jensenShannonDistance(before, after)
      expect(jensenShannonDistance(after, before)?.distance).toBeCloseTo(distance?.distance ?? -1, 9)
      expect(sumOf(distance?.contributions ?? [])).toBeCloseTo((distance?.distance ?? -1) ** 2, 9)
      const same = before.map((count) => count * times)
      expect(populationStabilityIndex(before, same)?.index).toBeCloseTo(0, 12)
      expect(jensenShannonDistance(before, same)?.distance).toBeCloseTo(0, 6)
      expect(kolmogorovSmirnov(before, same)?.statistic).toBeCloseTo(0, 12)
    }),
  )
})

test('the shift is the difference of the means', () => {
  fc.assert(
    fc.property(counts, counts, (before, after) => {
      fc.pre(sumOf(before) > 0 && sumOf(after) > 0)
      const mean = (value: readonly number[]) =>
        sumOf(aligned(value, 8).map((count, index) => (count * (positions[index] ?? 0)) / sumOf(value)))
      const moved = wassersteinDistance(positions, before, after)
      expect(moved?.shift).toBeCloseTo(mean(after) - mean(before), 9)
      expect(Math.abs(moved?.shift ?? 0)).toBeLessThanOrEqual((moved?.distance ?? -1) + 1e-12)
    }),
  )
})
