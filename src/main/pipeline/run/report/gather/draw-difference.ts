import { histogramOf, shapesOf, topValuesOf, type HistogramBin } from '../../comparison/column-pictures.ts'
import { metricsAt } from '../../comparison/compare-column.ts'
import { readSeries } from '../../comparison/read-series.ts'
import type { Difference } from '../../comparison/shapes.ts'
import type { Workbench } from '../../open-workbench.ts'
import type { Bar, Picture } from '../report-data.ts'
import type { Mask } from './mask.ts'

const mostPoints = 30
const mostBins = 16
const mostValues = 8

interface Pair {
  readonly a: number
  readonly b: number
}

/** The picture that shows a difference best: how values lie before and after, or the metric from run to run. */
export function drawDifference(workbench: Workbench, difference: Difference, pair: Pair, mask: Mask): Picture {
  const { metric, column, company } = difference
  const isOfValues = metric === 'mean' || metric === 'distribution' || metric === 'distinct'
  const values =
    column !== null && company === null && isOfValues
      ? drawValues(workbench, { ...difference, column }, pair, mask)
      : null
  return values ?? drawSeries(workbench, difference, pair)
}

function drawValues(
  { connection }: Workbench,
  key: Difference & { readonly column: string },
  pair: Pair,
  mask: Mask,
): Picture | null {
  const { relation, scope, column } = key
  const [before, after] = [pair.a, pair.b].map((run) =>
    metricsAt(connection, relation, scope, run).find((one) => one.column === column),
  )
  const type = (after ?? before)?.type
  if (type === undefined || before === undefined || after === undefined || mask.hidesValues(column, type)) return null
  const place = `${relation}.${column}`
  const bins = mergeBins(histogramOf(type, before, after))
  if (bins.length > 1) return { kind: 'histogram', title: `Rows by ${place}`, bars: bins }
  const top = topValuesOf(type, before, after)
  if (top.length > 0) return { kind: 'values', title: `Rows by value of ${place}`, bars: cutValues(top) }
  const shapes = shapesOf(before, after)
  return shapes.length > 0 ? { kind: 'values', title: `Rows by shape of ${place}`, bars: cutValues(shapes) } : null
}

function barOf({ from, to, before, after }: HistogramBin): Bar {
  return { from, to, before, after }
}

/** Neighbours together, until there are few enough to be read on paper. */
function mergeBins(bins: readonly HistogramBin[]): readonly Bar[] {
  let bars = bins.map(barOf)
  while (bars.length > mostBins)
    bars = bars.flatMap((bar, at) => {
      const next = bars[at + 1]
      if (at % 2 === 1) return []
      return [
        next === undefined
          ? bar
          : { from: bar.from, to: next.to, before: bar.before + next.before, after: bar.after + next.after },
      ]
    })
  return bars
}

function cutValues(values: readonly HistogramBin[]): readonly Bar[] {
  const bars = values.map(barOf)
  if (bars.length <= mostValues) return bars
  const rest = bars.slice(mostValues)
  const sum = (side: 'before' | 'after') => rest.reduce((total, bar) => total + bar[side], 0)
  return [...bars.slice(0, mostValues), { from: 'all others', to: null, before: sum('before'), after: sum('after') }]
}

/** The metric in the runs up to this one. */
function drawSeries(workbench: Workbench, difference: Difference, { b }: Pair): Picture {
  const { relation, scope, column, company, metric, after, band, unit } = difference
  const series = readSeries(workbench, { relation, scope, column, company, metric }, 1000)
  const past = series.points.filter((point) => point.run_id < b).slice(-mostPoints + 1)
  const asOf = workbench.connection
    .prepare("SELECT date(as_of * 86400, 'unixepoch') FROM assay_run WHERE run_id = ?")
    .pluck()
  const own = after === null ? [] : [{ run_id: b, as_of: String(asOf.get(b)), value: after, band }]
  return {
    kind: 'series',
    title: series.title,
    unit,
    points: [...past, ...own].map((point) => ({
      run: point.run_id,
      asOf: point.as_of,
      value: point.value,
      low: point.band?.low ?? null,
      high: point.band?.high ?? null,
    })),
  }
}
