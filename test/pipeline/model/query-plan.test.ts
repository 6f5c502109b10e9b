import { expect, test } from 'vitest'
import { comparePlans, noteOf, type PlanStep } from '../../../src/main/pipeline/model/query-plan.ts'

const step = (id: number, detail: string, parent = 0): PlanStep => ({ id, parent, detail })

test.each([
  ['SCAN orders', 'Full scan: all rows of orders are read.', false],
  [
    'SCAN o USING COVERING INDEX orders_living',
    'Full scan: all rows of o are read, in the order of the index orders_living.',
    false,
  ],
  [
    'SEARCH r USING AUTOMATIC COVERING INDEX (company=?)',
    'Missing index: one of r by company is built anew for every run of this SELECT.',
    true,
  ],
  ['USE TEMP B-TREE FOR GROUP BY', 'Sorts: no index gives the order for GROUP BY.', false],
  ['CORRELATED SCALAR SUBQUERY 4', 'Runs once for every row of the query around it.', true],
])('%s', (detail, text, isCostly) => {
  const only = step(1, detail)
  expect(noteOf(only, [only])).toEqual({ text, isCostly })
})

test('a look-up by an index needs no word; a scan after another loop runs within it', () => {
  const plan = [step(1, 'SCAN orders'), step(2, 'SCAN rates'), step(3, 'SEARCH r USING INDEX r_by_company (company=?)')]
  expect(plan.map((one) => noteOf(one, plan)?.isCostly ?? null)).toEqual([false, true, null])
})

test('plans are compared step by step, each counted as often as it stands there', () => {
  const before = [step(1, 'SCAN a'), step(2, 'SCAN a'), step(3, 'SCAN b')]
  expect(comparePlans(before, [step(9, 'SCAN a'), step(10, 'SCAN c')])).toEqual([
    'No more: SCAN a',
    'No more: SCAN b',
    'New: SCAN c',
  ])
  expect(comparePlans(before, before)).toEqual([])
})
