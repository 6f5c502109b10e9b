import { createHasher } from './hash-values.ts'
import { byKey, change } from './counts.ts'
import { counterStart, createValueCounter } from './count-values.ts'
import type { ColumnMeter, MeasuredColumn } from './column-meter.ts'
import { shapeOf } from './shape-of.ts'

/** The shape of one text in sixteen is looked at: by its hash, so that a text that is taken away is one of them just as it was when it came. */
const shapeLimit = 2 ** 53 / 16

/** A meter of texts. */
export function createTextMeter(column: string, start?: MeasuredColumn): ColumnMeter {
  const before = start?.metric
  let rows = before?.rows ?? 0
  let nulls = before?.nulls ?? 0
  const lengths = new Map<number, number>(before?.detail.lengths)
  const shapes = new Map<string, number>(before?.detail.shapes)
  const values = createValueCounter<string>(
    createHasher().text,
    counterStart(start, String),
    (text, hashed, weight) => {
      if (hashed < shapeLimit) change(shapes, shapeOf(text), weight)
    },
  )

  return {
    add(value, weight) {
      rows += weight
      if (value === null) {
        nulls += weight
        return
      }
      const text = String(value)
      change(lengths, text.length, weight)
      values.add(text, weight)
    },
    needsExtremes: () => false,
    take: () => ({
      metric: {
        column,
        type: 'text',
        rows,
        nulls,
        distinct: values.distinct(),
        min: null,
        max: null,
        sum: null,
        detail: {
          values: values.values(),
          isComplete: values.isComplete(),
          bins: [],
          lengths: byKey(lengths),
          shapes: [...shapes]
            .toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
            .slice(0, mostShapes),
        },
      },
      sample: values.sample(),
    }),
  }
}

/** Rarer ones say nothing. */
const mostShapes = 200
