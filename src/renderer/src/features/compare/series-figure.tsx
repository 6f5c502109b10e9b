import { CalendarCheck, CircleCheck, Milestone, Siren } from 'lucide-react'
import type { MetricUnit, SeriesPoint } from '#features/compare'
import { hrefTo } from '../../lib/route.ts'
import { BandSeries, type BandPoint } from '../../ui/charts/band-series.tsx'
import { Figure } from '../../ui/charts/figure.tsx'
import { RunKey } from '../../ui/charts/run-key.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { labelWords, metricText, unusualText } from './metric-words.ts'

interface SeriesFigureProps {
  readonly title: string
  readonly unit: MetricUnit
  readonly points: readonly SeriesPoint[]
  readonly chosen: number
  onChoose(at: number): void
}

/** A metric's values with their bands, and the same as a table. */
export function SeriesFigure({ title, unit, points, chosen, onChoose }: SeriesFigureProps) {
  // Several runs of one day are told apart by their numbers.
  const hasOwnDays = new Set(points.map(({ as_of: asOf }) => asOf)).size === points.length
  return (
    <Figure
      id="compare.series"
      title={title}
      beside={
        <>
          <RunKey side="band">expected, from the runs before</RunKey>
          <span className="soft">◆ outside of it, ○ not learned from; arrows go from run to run</span>
        </>
      }
      picture={
        <BandSeries
          label={`${title}, run by run`}
          points={points.map((point) => chartPoint(unit, point, hasOwnDays ? point.as_of : `run ${point.run_id}`))}
          chosen={chosen}
          format={(value) => metricText(unit, value)}
          onChoose={onChoose}
        />
      }
      table={
        <Table
          label={title}
          columns={columnsFor(unit)}
          rows={points.toReversed()}
          rowKey={({ run_id: runId }) => runId}
        />
      }
    />
  )
}

const icons = { incident: Siren, expected: CalendarCheck, new_level: Milestone, clean: CircleCheck } as const

function chartPoint(unit: MetricUnit, point: SeriesPoint, name: string): BandPoint {
  const { run_id: runId, value, band, label } = point
  const Icon = label === null ? null : icons[label]
  const isOutside = band !== null && (value < band.low || value > band.high)
  return {
    id: runId,
    name,
    value,
    band,
    isOutside,
    isHollow: !point.is_learned_from,
    icon: Icon === null ? null : <Icon className="series-label" width={14} height={14} />,
    words: pointWords(unit, point),
  }
}

/** A point as a screen reader says it. */
function pointWords(unit: MetricUnit, point: SeriesPoint): string {
  const { run_id: runId, as_of: asOf, value, band, unusual, label } = point
  const expected =
    band === null
      ? 'too little history to tell what to expect'
      : `expected ${metricText(unit, band.low)} to ${metricText(unit, band.high)}`
  const parts = [
    `Run ${runId}, ${asOf}: ${metricText(unit, value)}`,
    expected,
    unusual !== null && unusual > 1 ? `unusual, ${unusualText(unusual)}` : null,
    label === null ? null : labelWords[label],
    point.is_learned_from ? null : 'not learned from',
  ]
  return parts.filter((part) => part !== null).join(', ')
}

function columnsFor(unit: MetricUnit): readonly TableColumn<SeriesPoint>[] {
  return [
    { id: 'run', title: 'Run', cell: (point) => <a href={hrefTo('runs', String(point.run_id))}>Run {point.run_id}</a> },
    { id: 'as-of', title: 'As of', cell: (point) => point.as_of },
    { id: 'value', title: 'Value', isNumber: true, cell: ({ value }) => metricText(unit, value) },
    { id: 'low', title: 'Expected from', isNumber: true, cell: ({ band }) => metricText(unit, band?.low ?? null) },
    { id: 'high', title: 'to', isNumber: true, cell: ({ band }) => metricText(unit, band?.high ?? null) },
    { id: 'unusual', title: 'How unusual', isNumber: true, cell: ({ unusual }) => unusualText(unusual) },
    { id: 'label', title: 'Label', cell: ({ label }) => label !== null && <StatusBadge status={label} /> },
    {
      id: 'learned',
      title: 'Learned from',
      isWide: true,
      cell: (point) => (point.is_learned_from ? 'yes' : 'no'),
    },
  ]
}
