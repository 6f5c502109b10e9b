import type { ColumnType } from '../../../kernel/column-type.ts'
import { bringToGrowth } from '../../drift/bring-to-growth.ts'
import { bringToRows } from '../../drift/bring-to-rows.ts'
import { shareByChance } from '../../drift/chance-share.ts'
import type { HistoryPoint } from '../../drift/history-point.ts'
import { learnBand, type Band } from '../../drift/learn-band.ts'
import { unusualness } from '../../drift/unusualness.ts'
import type { MetricName } from './metric-key.ts'
import { marginsOf, type MetricKind } from './metric-kinds.ts'

/** A metric's value in a run. */
export interface JudgedValue {
  readonly metric: MetricName
  readonly kind: MetricKind
  readonly type: ColumnType
  readonly value: number | null
  readonly history: readonly HistoryPoint[]
  /** Where chance alone may make so large a difference, it does not matter although it is above the floor of its kind. */
  readonly floor?: number | undefined
}

/** What history lets expect of a metric in a run, and how unusual its value is; nothing where history is too short. */
export function judgeValue(
  { metric, kind, type, value, history, floor = 0 }: JudgedValue,
  at: { readonly run: number; readonly day: number; readonly rows?: number },
): { readonly band: Band | null; readonly unusual: number | null } {
  if (value === null) return { band: null, unusual: null }
  const points = comparable(metric, history, at)
  const scale = kind.scaleOf(type)
  const byChance = scale === 'share' ? shareByChance(points, at.rows) : floor
  const learned = learnBand(points, at, { scale, floor: Math.max(marginsOf(kind, type).floor, byChance) })
  if (learned === null) return { band: null, unusual: null }
  if (kind.isOneSided !== true) return { band: learned, unusual: unusualness(learned, value) }
  const band = { ...learned, low: Math.min(0, learned.low) }
  return { band, unusual: value < band.expected ? 0 : unusualness(band, value) }
}

/** The history as it would be now: of as many rows as came, or grown by what it grows. */
function comparable(
  metric: MetricName,
  history: readonly HistoryPoint[],
  { run, rows }: { readonly run: number; readonly rows?: number },
): readonly HistoryPoint[] {
  if (metric === 'distinct' && rows !== undefined) return bringToRows(history, rows)
  return metric === 'rows' ? bringToGrowth(history, run) : history
}
