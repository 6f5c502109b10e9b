import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginDraws, draw, drawWhole, newDraws, saltOf } from '../../../src/main/features/sample/draws.ts'
import { choose, weightedRecord } from '../../../src/main/features/sample/weighted.ts'

test('draws are spread evenly, from cell to cell and within one', () => {
  const draws = newDraws()
  const cells = Array.from({ length: 16 }, () => 0)
  for (let row = 0; row < 40_000; row += 1) {
    beginDraws(draws, row, saltOf('column', 7))
    for (let time = 0; time < 4; time += 1) cells[drawWhole(draws, 0, 15)]! += 1
  }
  // 10,000 are expected in each; five standard deviations are some 500.
  for (const count of cells) expect(Math.abs(count - 10_000)).toBeLessThan(500)
})

test('the same cell draws the same numbers; its neighbours draw others', () => {
  const draws = newDraws()
  const at = (key: number, salt: number): number => {
    beginDraws(draws, key, salt)
    return draw(draws)
  }
  expect(at(1, 2)).toBe(at(1, 2))
  expect(new Set([at(1, 2), at(2, 1), at(2, 2), at(1, 1), at(0, 0)]).size).toBe(5)
})

test('choices keep to their weights', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }),
      fc.integer(),
      (weights, key) => {
        const choices = weightedRecord(Object.fromEntries(weights.map((weight, index) => [`v${index}`, weight])))
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        const counts = new Map<string, number>()
        const draws = newDraws()
        beginDraws(draws, key, 1)
        for (let time = 0; time < 4000; time += 1) {
          const value = choose(choices, draws)
          counts.set(value, (counts.get(value) ?? 0) + 1)
        }
        weights.forEach((weight, index) => {
          const share = weight / total
          const deviation = Math.sqrt(4000 * share * (1 - share))
          expect(Math.abs((counts.get(`v${index}`) ?? 0) - 4000 * share)).toBeLessThanOrEqual(6 * deviation + 1)
        })
      },
    ),
    { numRuns: 100 },
  )
})
