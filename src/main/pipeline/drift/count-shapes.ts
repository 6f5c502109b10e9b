import type { ColumnMetric } from '../metric/column-metric.ts'
import { shapeOf } from '../metric/shape-of.ts'

/** Rows by the shape of a column's texts: of all texts where each is counted, else of a sample. */
export function countShapes({ detail }: ColumnMetric): readonly (readonly [string, number])[] {
  if (!detail.isComplete) return detail.shapes
  const shapes = new Map<string, number>()
  for (const [value, rows] of detail.values) {
    const shape = shapeOf(String(value))
    shapes.set(shape, (shapes.get(shape) ?? 0) + rows)
  }
  return [...shapes]
}
