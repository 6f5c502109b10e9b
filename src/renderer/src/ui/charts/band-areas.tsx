interface Band {
  readonly low: number
  readonly high: number
  readonly expected: number
}

interface BandAreasProps {
  readonly bands: readonly (Band | null)[]
  /** How far a band reaches to either side of its point. */
  readonly halfStep: number
  x(at: number): number
  y(value: number): number
}

/** What was expected at each point: a grey box from low to high, so that none is drawn between points that have none. */
export function BandAreas({ bands, halfStep, x, y }: BandAreasProps) {
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
                y={y(band.high)}
                height={Math.max(1, y(band.low) - y(band.high))}
              />
              <path
                className="series-edge"
                d={`M${x(at) - halfStep} ${y(band.high)}h${halfStep * 2}M${x(at) - halfStep} ${y(band.low)}h${halfStep * 2}`}
              />
              <path className="series-expected" d={`M${x(at) - halfStep} ${y(band.expected)}h${halfStep * 2}`} />
            </g>
          ),
      )}
    </>
  )
}
