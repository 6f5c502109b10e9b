import { formatMetric } from '../../comparison/describe-difference.ts'
import type { Picture, SeriesValue } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { at, framePicture, pictureWidth, type PictureFrame } from './picture-frame.ts'
import { table } from './table.ts'

type Series = Extract<Picture, { points: unknown }>

const height = 150
const floor = 122
const ceiling = 14
const left = 76
const right = pictureWidth - 70

interface Scale {
  x(index: number): number
  y(value: number): number
  readonly low: number
  readonly high: number
}

/** A metric from run to run, with what was expected as a grey band behind it. */
export function drawSeries({ title, unit, points }: Series, frame: PictureFrame): Html {
  const scale = scaleOf(points)
  const last = points.at(-1)
  const say = (value: number) => formatMetric(value, unit)
  const place = (value: SeriesValue, index: number) => `${at(scale.x(index))},${at(scale.y(value.value))}`
  const label = (x: number, y: number, anchor: string, text: string) =>
    html`<text class="axis" x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${text}</text>`
  const marks = html`${bandOf(points, scale)}
    <line class="line-axis" x1="${left}" y1="${floor}" x2="${right}" y2="${floor}" />
    ${label(left - 8, scale.y(scale.high) + 4, 'end', say(scale.high))}${scale.low === scale.high ? null : label(left - 8, scale.y(scale.low) + 4, 'end', say(scale.low))}
    <polyline class="line-value" points="${points.map(place).join(' ')}" />
    ${points.map((point, index) => dot(point, { x: scale.x(index), y: scale.y(point.value), size: index === points.length - 1 ? 4 : 2 }))}
    ${last === undefined ? null : label(right + 8, scale.y(last.value) + 4, 'start', say(last.value))}
    ${points.length > 1 ? label(left, height - 6, 'start', `run ${points[0]?.run}`) : null}${label(right, height - 6, 'end', `run ${last?.run}`)}`
  const hasBand = points.some(({ low }) => low !== null)
  return framePicture(
    {
      title,
      description: describe(points, say),
      height,
      marks,
      key: hasBand
        ? html`<svg class="swatch" viewBox="0 0 14 10" width="14" height="10" aria-hidden="true" focusable="false">
              <rect class="band" x="0" y="0" width="14" height="10" />
            </svg>
            as earlier runs let expect`
        : html``,
      data: numbers(title, points, say),
    },
    frame,
  )
}

/** What lies outside of its band is a diamond, as everywhere. */
function dot(
  { value, low, high }: SeriesValue,
  place: { readonly x: number; readonly y: number; readonly size: number },
): Html {
  const { x, y, size } = place
  const isOutside = low !== null && high !== null && (value < low || value > high)
  if (!isOutside) return html`<circle class="point" cx="${at(x)}" cy="${at(y)}" r="${size}" />`
  const corners = [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ].map(([across = 0, down = 0]) => `${at(x + across * 1.6 * size)},${at(y + down * 1.6 * size)}`)
  return html`<polygon class="point" points="${corners.join(' ')}" />`
}

function scaleOf(points: readonly SeriesValue[]): Scale {
  const values = points.map(({ value }) => value)
  const span = Math.max(...values) - Math.min(...values)
  // What is expected may reach far beyond what ever was: the values have to stay apart.
  const reach = span === 0 ? Infinity : span
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const low = Math.min(least, ...points.map((point) => Math.max(point.low ?? least, least - reach)))
  const high = Math.max(most, ...points.map((point) => Math.min(point.high ?? most, most + reach)))
  const step = points.length < 2 ? 0 : (right - left) / (points.length - 1)
  return {
    low,
    high,
    x: (index) => (points.length < 2 ? right : left + index * step),
    y: (value) =>
      high === low ? (floor + ceiling) / 2 : floor - 4 - ((value - low) / (high - low)) * (floor - 4 - ceiling),
  }
}

/** The band where there is one: of each stretch of runs a shape, of a single run a bar. */
function bandOf(points: readonly SeriesValue[], { x, y, low: least, high: most }: Scale): Html {
  const half = points.length < 2 ? 4 : Math.min(6, (x(1) - x(0)) / 2)
  const stretches: { readonly index: number; readonly low: number; readonly high: number }[][] = []
  for (const [index, { low, high }] of points.entries()) {
    if (low === null || high === null) continue
    const part = { index, low: Math.max(low, least), high: Math.min(high, most) }
    const open = stretches.at(-1)
    if (open !== undefined && open.at(-1)?.index === index - 1) open.push(part)
    else stretches.push([part])
  }
  const shapes = stretches.map((stretch) => {
    const ends = stretch.flatMap((point, place) => {
      const isEnd = place === 0 || place === stretch.length - 1
      if (!isEnd) return [{ ...point, x: x(point.index) }]
      const sides = stretch.length === 1 ? [-half, half] : place === 0 ? [-half, 0] : [0, half]
      return sides.map((side) => ({ ...point, x: x(point.index) + side }))
    })
    const outline = [
      ...ends.map((end) => `${at(end.x)},${at(y(end.high))}`),
      ...ends.toReversed().map((end) => `${at(end.x)},${at(y(end.low))}`),
    ]
    return html`<polygon class="band" points="${outline.join(' ')}" />`
  })
  return html`${shapes}`
}

function describe(points: readonly SeriesValue[], say: (value: number) => string): string {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return 'There are no values.'
  const expected = last.low === null || last.high === null ? '' : `; expected was ${say(last.low)} to ${say(last.high)}`
  return points.length === 1
    ? `${say(last.value)} in run ${last.run}${expected}.`
    : `From ${say(first.value)} in run ${first.run} to ${say(last.value)} in run ${last.run}${expected}.`
}

function numbers(title: string, points: readonly SeriesValue[], say: (value: number) => string): Html {
  return table(
    title,
    [
      { title: 'Run', isHeader: true, cell: ({ run }) => String(run) },
      { title: 'As of', cell: ({ asOf }) => asOf },
      { title: 'Value', isNumber: true, cell: ({ value }) => say(value) },
      {
        title: 'Expected',
        isNumber: true,
        cell: ({ low, high }) => (low === null || high === null ? '–' : `${say(low)} to ${say(high)}`),
      },
    ],
    points,
  )
}
