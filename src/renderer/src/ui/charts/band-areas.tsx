import type { Scale } from './scale.ts'

interface Band {
  readonly low: number
  readonly high: number
  readonly expected: number
}

interface BandAreasProps {
  readonly bands: readonly (Band | null)[]
  readonly scale: Scale
  /** How far a band reaches to either side of its point. */
  readonly halfStep: number
  x(at: number): number
}

/** What was expected at each point: a grey box from low to high, so that none is drawn between points that have none. */
export function BandAreas({ bands, scale, halfStep, x }: BandAreasProps) {
  const isInside = (value: number) => value >= scale.low && value <= scale.high
  const inside = (value: number) => scale.at(Math.min(scale.high, Math.max(scale.low, value)))
  const line = (at: number, value: number) =>
    isInside(value) ? `M${x(at) - halfStep} ${scale.at(value)}h${halfStep * 2}` : ''
  return (
    <>
      {bands.map(
        (band, at) =>
          band !== null && (
            <g key={x(at)}>
              <rect
                className="series-band"
                x={x(at) - halfStep}
                width={halfStep * 2}
                y={inside(band.high)}
                height={Math.max(1, inside(band.low) - inside(band.high))}
              />
              <path className="series-edge" d={line(at, band.high) + line(at, band.low)} />
              <path className="series-expected" d={line(at, band.expected)} />
            </g>
          ),
      )}
    </>
  )
}
