import './sparkline.css'

interface SparklineProps {
  /** Says in words what the line shows. */
  readonly label: string
  /** Oldest first. */
  readonly values: readonly number[]
}

const width = 72
const height = 18
const margin = 3

/** A small line from value to value, the last one as a dot: its shape alone, between its own least and greatest value. */
export function Sparkline({ label, values }: SparklineProps) {
  const least = Math.min(...values)
  const span = Math.max(...values) - least
  const x = (at: number) => margin + (at / Math.max(1, values.length - 1)) * (width - 2 * margin)
  const y = (value: number) =>
    span === 0 ? height / 2 : height - margin - ((value - least) / span) * (height - 2 * margin)
  const last = values.at(-1)
  if (last === undefined) return null
  return (
    <svg
      className="spark"
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <title>{label}</title>
      <polyline points={values.map((value, at) => `${x(at)},${y(value)}`).join(' ')} />
      <circle cx={x(values.length - 1)} cy={y(last)} r="2.5" />
    </svg>
  )
}
