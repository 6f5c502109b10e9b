import type { ColumnType } from '../../kernel/column-type.ts'
import { byKey, change } from './counts.ts'
import { counterStart, createValueCounter } from './count-values.ts'
import { hashNumber } from './hash-number.ts'
import type { ColumnMeter, Extremes, MeasuredColumn } from './column-meter.ts'
import { binner } from './number-bins.ts'

/** A meter of numbers, days, instants and truth values, in their inside unit. */
export function createNumberMeter(column: string, type: ColumnType, start?: MeasuredColumn): ColumnMeter {
  const before = start?.metric
  let rows = before?.rows ?? 0
  let nulls = before?.nulls ?? 0
  let sum = before?.sum ?? 0
  let min = before?.min ?? Number.POSITIVE_INFINITY
  let max = before?.max ?? Number.NEGATIVE_INFINITY
  let isStale = false
  const binOf = binner(type)
  const bins = new Map<number, number>(before?.detail.bins)
  const values = createValueCounter(hashNumber, counterStart(start, Number))

  return {
    add(value, weight) {
      rows += weight
      if (value === null) {
        nulls += weight
        return
      }
      const number = Number(value)
      sum += weight * number
      if (weight < 0) isStale ||= number <= min || number >= max
      else {
        if (number < min) min = number
        if (number > max) max = number
      }
      change(bins, binOf(number), weight)
      values.add(number, weight)
    },
    needsExtremes: () => isStale && !values.isComplete(),
    take(lookedUp) {
      const hasValues = rows > nulls
      const extremes = lookedUp ?? (isStale ? extremesOf(values.values()) : { min, max })
      return {
        metric: {
          column,
          type,
          rows,
          nulls,
          distinct: values.distinct(),
          min: hasValues ? extremes.min : null,
          max: hasValues ? extremes.max : null,
          sum: hasValues ? sum : null,
          detail: {
            values: values.values(),
            isComplete: values.isComplete(),
            bins: byKey(bins),
            lengths: [],
            shapes: [],
          },
        },
        sample: values.sample(),
      }
    },
  }
}

function extremesOf(values: readonly (readonly [number, number])[]): Extremes {
  const numbers = values.map(([value]) => value)
  return { min: Math.min(...numbers), max: Math.max(...numbers) }
}
