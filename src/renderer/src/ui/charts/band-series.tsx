import { useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { BandAreas } from './band-areas.tsx'
import { niceScale } from './scale.ts'
import { useWidth } from './use-width.ts'
import './band-series.css'

export interface BandPoint {
  readonly id: number
  /** Below the axis. */
  readonly name: string
  readonly value: number
  readonly band: { readonly low: number; readonly high: number; readonly expected: number } | null
  readonly isOutside: boolean
  /** Hollow: shown, but not counted on. */
  readonly isHollow: boolean
  /** Drawn above the point, 14 pixels square. */
  readonly icon: ReactNode
  /** All that there is to say of it, for screen readers. */
  readonly words: string
}

interface BandSeriesProps {
  readonly label: string
  readonly points: readonly BandPoint[]
  readonly chosen: number
  format(value: number): string
  onChoose(at: number): void
}

const height = 260
const left = 72
const right = 48
const bottom = 24
const top = 26
const roomForName = 84
/** No wider than the room at the right edge. */
const widestBand = 2 * right

/**
 * A value from run to run with the band that was expected of it in grey. One control for the keyboard, whatever the number of points: the
 * arrows go from point to point, a click chooses the nearest.
 */
export function BandSeries({ label, points, chosen, format, onChoose }: BandSeriesProps) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const y = scaleFor(points)
  const step = (width - left - right) / Math.max(1, points.length - 1)
  const x = (at: number) => (points.length === 1 ? (left + width - right) / 2 : left + at * step)
  const named = Math.max(1, Math.ceil(roomForName / step))
  const last = points.length - 1
  const point = points[chosen]

  const keyDown = (event: KeyboardEvent) => {
    const next = nextPlace(event.key, chosen, last)
    if (next === null) return
    event.preventDefault()
    onChoose(next)
  }
  const click = (event: MouseEvent<HTMLElement>) => {
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left - left
    onChoose(Math.min(last, Math.max(0, Math.round(inside / step))))
  }

  return (
    <div
      ref={frame}
      className="band-series"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={points.length}
      aria-valuenow={chosen + 1}
      aria-valuetext={point?.words}
      onKeyDown={keyDown}
      onClick={click}
    >
      <svg className="chart" aria-hidden="true" viewBox={`0 0 ${width} ${height}`} height={height}>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <line
              className={tick === 0 ? 'chart-zero' : 'chart-grid'}
              x1={left}
              x2={width - right}
              y1={y.at(tick)}
              y2={y.at(tick)}
            />
            <text x={left - 8} y={y.at(tick) + 4} textAnchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        <BandAreas bands={points.map(({ band }) => band)} x={x} scale={y} halfStep={Math.min(step, widestBand) / 2} />
        <polyline className="series-line" points={points.map(({ value }, at) => `${x(at)},${y.at(value)}`).join(' ')} />
        {point !== undefined && (
          <>
            <line className="series-chosen" x1={x(chosen)} x2={x(chosen)} y1={top} y2={height - bottom} />
            <text className="series-value" x={x(chosen)} y={top - 6} textAnchor="middle">
              {format(point.value)}
            </text>
          </>
        )}
        {points.map((one, at) => (
          <g key={one.id} transform={`translate(${x(at)} ${y.at(one.value)})`}>
            <title>{one.words}</title>
            <path className={markClass(one)} d={one.isOutside ? diamond : disc} />
            {one.icon !== null && <g transform="translate(-7 -24)">{one.icon}</g>}
          </g>
        ))}
        {points.map(
          (one, at) =>
            (last - at) % named === 0 && (
              <text key={one.id} x={x(at)} y={height - 6} textAnchor="middle">
                {one.name}
              </text>
            ),
        )}
      </svg>
    </div>
  )
}

const disc = 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z'
const diamond = 'M0 -6.5L6.5 0L0 6.5L-6.5 0Z'

function markClass({ isOutside, isHollow }: BandPoint): string {
  return `series-mark${isOutside ? ' series-outside' : ''}${isHollow ? ' series-hollow' : ''}`
}

function nextPlace(key: string, at: number, last: number): number | null {
  if (key === 'ArrowLeft' || key === 'ArrowDown') return Math.max(0, at - 1)
  if (key === 'ArrowRight' || key === 'ArrowUp') return Math.min(last, at + 1)
  if (key === 'PageDown') return Math.max(0, at - 10)
  if (key === 'PageUp') return Math.min(last, at + 10)
  if (key === 'Home') return 0
  return key === 'End' ? last : null
}

/** Begins at zero unless that would press all that happens into the upper edge; a band far wider than what happened runs off. */
function scaleFor(points: readonly BandPoint[]) {
  const values = points.map(({ value }) => value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const reach = 2 * (high - low || Math.abs(high) || 1)
  const bands = points.flatMap(({ band }) => (band === null ? [] : [band]))
  const least = Math.max(low - reach, Math.min(low, ...bands.map((band) => band.low)))
  const most = Math.min(high + reach, Math.max(high, ...bands.map((band) => band.high)))
  return niceScale(low >= 0 && least < most * 0.4 ? 0 : least, most, height - bottom, top)
}
