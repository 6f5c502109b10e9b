import type { ColumnType } from '../../kernel/column-type.ts'
import type { ColumnMeter, MeasuredColumn } from './column-meter.ts'
import { createNumberMeter } from './measure-numbers.ts'
import { createTextMeter } from './measure-texts.ts'

/** A meter of a column, empty or going on from what was measured before. */
export function createColumnMeter(column: string, type: ColumnType, start?: MeasuredColumn): ColumnMeter {
  return type === 'text' ? createTextMeter(column, start) : createNumberMeter(column, type, start)
}
