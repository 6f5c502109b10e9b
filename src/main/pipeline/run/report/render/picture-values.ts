import type { Bar, Picture } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { describe, numbers, partOf, sumOf } from './picture-histogram.ts'
import { at, framePicture, keyOfRuns, pictureWidth, type PictureFrame } from './picture-frame.ts'
import { share } from './words.ts'

const rowHeight = 26
const labelWidth = 170
const numberWidth = 60
const longestLabel = 21

/** Values with two bars each, as shares of the rows of their runs: the earlier one as an outline, the later one filled. */
export function drawValues({ title, bars }: Extract<Picture, { bars: unknown }>, frame: PictureFrame): Html {
  const all = sumOf(bars)
  const most = Math.max(...bars.flatMap((bar) => [partOf(bar.before, all.before), partOf(bar.after, all.after)]), 1e-9)
  const scale = (pictureWidth - labelWidth - numberWidth) / most
  return framePicture(
    {
      title: `${title}, share of all rows`,
      description: describe(bars, all, frame),
      height: bars.length * rowHeight + 4,
      marks: html`${bars.map((bar, index) => row(bar, index * rowHeight + 4, { all, scale }))}`,
      key: keyOfRuns(frame),
      data: numbers(title, bars, all, frame),
    },
    frame,
  )
}

interface Scale {
  readonly all: { readonly before: number; readonly after: number }
  readonly scale: number
}

function row(bar: Bar, top: number, { all, scale }: Scale): Html {
  const line = (side: 'before' | 'after', y: number) => {
    const part = partOf(bar[side], all[side])
    return html`<rect
        class="bar-${side}"
        x="${labelWidth}"
        y="${y}"
        width="${at(Math.max(part * scale, part === 0 ? 0 : 1))}"
        height="8"
      />
      <text class="axis small" x="${at(labelWidth + part * scale + 5)}" y="${y + 8}"
        >${share(bar[side], all[side])}</text
      >`
  }
  return html`<text class="axis" x="${labelWidth - 8}" y="${top + 13}" text-anchor="end">${labelOf(bar.from)}</text>
    ${line('before', top)}${line('after', top + 10)} `
}

function labelOf(value: string): string {
  if (value === '') return 'empty'
  const characters = Array.from(value)
  return characters.length <= longestLabel ? value : `${characters.slice(0, longestLabel).join('')}…`
}
