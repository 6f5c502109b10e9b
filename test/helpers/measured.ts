import { expect } from 'vitest'
import type { MeasuredColumn } from '../../src/main/pipeline/metric/column-meter.ts'
import type { MeasuredRelation } from '../../src/main/pipeline/metric/measure-relation.ts'

/** Expects metrics that were brought forward to be those measured anew: exactly, but where values are too many to count each. */
export function expectSameMetrics(forward: MeasuredRelation, anew: MeasuredRelation, place = ''): void {
  expect(forward.rows, place).toBe(anew.rows)
  expect(forward.columns.map(exactOf), place).toEqual(anew.columns.map(exactOf))
  for (const [at, { metric }] of forward.columns.entries()) {
    const other = anew.columns[at]?.metric
    if (other === undefined) continue
    const where = `${place} ${metric.column}`
    if (metric.detail.isComplete && other.detail.isComplete) {
      expect(metric.detail.values, where).toEqual(other.detail.values)
      expect(metric.distinct, where).toBe(other.distinct)
    } else {
      const expected = Math.max(other.distinct, 1)
      expect(Math.abs(metric.distinct - expected) / expected, where).toBeLessThan(0.25)
    }
  }
  expect(sorted(forward.companies), place).toEqual(sorted(anew.companies))
}

function exactOf({ metric }: MeasuredColumn) {
  const { column, type, rows, nulls, min, max, sum, detail } = metric
  return { column, type, rows, nulls, min, max, sum, bins: detail.bins, lengths: detail.lengths }
}

const sorted = (companies: MeasuredRelation['companies']) => Object.fromEntries(companies)
