import type { Bar, Picture } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { at, framePicture, keyOfRuns, pictureWidth, type PictureFrame } from './picture-frame.ts'
import { table } from './table.ts'
import { count, share } from './words.ts'

const height = 150
const floor = 128
const ceiling = 16
const left = 44
const gap = 2

interface Sides {
  readonly before: number
  readonly after: number
}

/** Two histograms laid over each other, as shares of their rows: the earlier run as outlines, the later one filled. */
export function drawHistogram({ title, bars }: Extract<Picture, { bars: unknown }>, frame: PictureFrame): Html {
  const all = sumOf(bars)
  const shares = bars.map((bar) => ({ before: partOf(bar.before, all.before), after: partOf(bar.after, all.after) }))
  const most = Math.max(...shares.flatMap(({ before, after }) => [before, after]), 1e-9)
  const width = (pictureWidth - left) / bars.length
  const shape = (part: number, index: number, name: string) => {
    const size = ((floor - ceiling) * part) / most
    return part === 0
      ? null
      : html`<rect
          class="${name}"
          x="${at(left + index * width + gap / 2)}"
          y="${at(floor - size)}"
          width="${at(width - gap)}"
          height="${at(size)}"
        />`
  }
  const marks = html`<text class="axis" x="${left - 6}" y="${ceiling + 4}" text-anchor="end"
      >${(100 * most).toFixed(most < 0.1 ? 1 : 0)} %</text
    >
    <text class="axis" x="${left - 6}" y="${floor + 1}" text-anchor="end">0</text>
    <line class="line-axis" x1="${left}" y1="${floor}" x2="${pictureWidth}" y2="${floor}" />
    ${shares.map(({ after }, index) => shape(after, index, 'bar-after'))}
    ${shares.map(({ before }, index) => shape(before, index, 'bar-before'))} ${labels(bars, width)}`
  return framePicture(
    {
      title: `${title}, share of all rows`,
      description: describe(bars, all, frame),
      height,
      marks,
      key: keyOfRuns(frame),
      data: numbers(title, bars, all, frame),
    },
    frame,
  )
}

function labels(bars: readonly Bar[], width: number): Html {
  const middle = Math.floor(bars.length / 2)
  const label = (index: number, anchor: string, text: string) =>
    html`<text class="axis" x="${at(left + index * width)}" y="${height - 6}" text-anchor="${anchor}">${text}</text>`
  return html`${label(0, 'start', edge(bars[0]?.from))}${label(middle, 'middle', edge(bars[middle]?.from))}${label(bars.length, 'end', edge(bars.at(-1)?.to))}`
}

/** Where a bar begins or ends, large numbers with their thousands grouped. */
function edge(text: string | null | undefined): string {
  const grouped = (_: string, sign: string, digits: string) => sign + Number(digits).toLocaleString('en')
  return (text ?? '').replace(/^(-?)(\d{5,})(?=\.\d+$|$)/u, grouped)
}

/** Rows by range or by value, of both runs. */
export function numbers(title: string, bars: readonly Bar[], all: Sides, { before, after }: PictureFrame): Html {
  return table(
    title,
    [
      {
        title: bars.some(({ to }) => to !== null) ? 'From, up to' : 'Value',
        isHeader: true,
        cell: ({ from, to }) =>
          html`<bdi>${to !== null ? edge(from) : from === '' ? 'empty' : from}</bdi
            >${to === null ? null : html` – <bdi>${edge(to)}</bdi>`}`,
        total: 'All',
      },
      { title: `Run ${before}`, isNumber: true, cell: (bar) => count(bar.before), total: count(all.before) },
      { title: 'Share', isNumber: true, cell: (bar) => share(bar.before, all.before) },
      { title: `Run ${after}`, isNumber: true, cell: (bar) => count(bar.after), total: count(all.after) },
      { title: 'Share', isNumber: true, cell: (bar) => share(bar.after, all.after) },
    ],
    bars,
  )
}

/** Rows of both sides. */
export function sumOf(bars: readonly Bar[]): Sides {
  const sum = (side: 'before' | 'after') => bars.reduce((total, bar) => total + bar[side], 0)
  return { before: sum('before'), after: sum('after') }
}

/** Where the two runs are furthest apart, in words. */
export function describe(bars: readonly Bar[], all: Sides, { before, after }: PictureFrame): string {
  const moved = (bar: Bar) => Math.abs(partOf(bar.after, all.after) - partOf(bar.before, all.before))
  const most = bars.toSorted((one, other) => moved(other) - moved(one))[0]
  if (most === undefined) return 'There are no values.'
  const place = most.to === null ? `"${most.from}"` : `${edge(most.from)} to ${edge(most.to)}`
  return `They differ most at ${place}: ${share(most.before, all.before)} of the rows in run ${before}, ${share(most.after, all.after)} in run ${after}.`
}

export const partOf = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
