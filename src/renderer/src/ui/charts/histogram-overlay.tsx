import { useRef } from 'react'
import { formatCompact, formatCount } from '../../lib/format.ts'
import { niceScale } from './scale.ts'
import { useWidth } from './use-width.ts'
import './histogram-overlay.css'

export interface OverlayBin {
  readonly from: string
  readonly to: string | null
  readonly before: number
  readonly after: number
}

interface HistogramOverlayProps {
  /** What is counted, for screen readers. */
  readonly label: string
  readonly bins: readonly OverlayBin[]
  readonly beforeName: string
  readonly afterName: string
}

const height = 220
const left = 48
const bottom = 24
const top = 8
/** Names below the axis stand no closer than this. */
const roomForName = 90

/** Two histograms over the same bins: the later run as bars, the earlier as a dashed line over them; from zero. */
export function HistogramOverlay({ label, bins, beforeName, afterName }: HistogramOverlayProps) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const most = Math.max(1, ...bins.flatMap(({ before, after }) => [before, after]))
  const y = niceScale(0, most, height - bottom, top)
  const step = (width - left) / Math.max(1, bins.length)
  const named = Math.max(1, Math.ceil(roomForName / step))
  const outline = bins
    .map(({ before }, at) => `H${left + at * step}V${y.at(before)}H${left + (at + 1) * step}`)
    .join('')
  return (
    <div ref={frame}>
      <svg className="chart" role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} height={height}>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <line
              className={tick === 0 ? 'chart-zero' : 'chart-grid'}
              x1={left}
              x2={width}
              y1={y.at(tick)}
              y2={y.at(tick)}
            />
            <text x={left - 6} y={y.at(tick) + 4} textAnchor="end">
              {formatCompact(tick)}
            </text>
          </g>
        ))}
        {bins.map((bin, at) => (
          <g key={bin.from}>
            <rect
              className="histogram-after"
              x={left + at * step + 0.5}
              width={Math.max(1, step - 1)}
              y={y.at(bin.after)}
              height={y.at(0) - y.at(bin.after)}
            />
            {at % named === 0 && at * step + roomForName / 2 < width - left && (
              <text x={left + at * step} y={height - 8}>
                {bin.from}
              </text>
            )}
          </g>
        ))}
        <path className="histogram-before" d={`M${left} ${y.at(0)}${outline}V${y.at(0)}`} />
        {bins.map((bin, at) => (
          <rect
            key={bin.from}
            className="histogram-hit"
            x={left + at * step}
            width={step}
            y={top}
            height={height - bottom - top}
          >
            <title>
              {`${binName(bin)}. ${beforeName}: ${formatCount(bin.before)}. ${afterName}: ${formatCount(bin.after)}`}
            </title>
          </rect>
        ))}
      </svg>
    </div>
  )
}

/** A bin in words. */
export function binName({ from, to }: Pick<OverlayBin, 'from' | 'to'>): string {
  return to === null ? from : `${from} to ${to}`
}
