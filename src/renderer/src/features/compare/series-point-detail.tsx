import type { Band, MetricKey, MetricUnit, SeriesPoint } from '#features/compare'
import { plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { Section } from '../../ui/screen.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { LabelMenu } from './label-menu.tsx'
import { metricText, unusualText } from './metric-words.ts'

interface SeriesPointDetailProps {
  readonly point: SeriesPoint
  readonly metric: MetricKey
  readonly unit: MetricUnit
}

/** The chosen run's value, what was expected of it and from which runs, and its label. */
export function SeriesPointDetail({ point, metric, unit }: SeriesPointDetailProps) {
  const { run_id: runId, as_of: asOf, value, band, unusual, label } = point
  return (
    <Section
      title={`Run ${runId}`}
      beside={<LabelMenu labelled={{ runId, key: metric, label }} text="Label this value" />}
    >
      <dl className="point-facts">
        <dt>Value</dt>
        <dd>
          <strong>{metricText(unit, value)}</strong> as of {asOf}, in{' '}
          <a href={hrefTo('runs', String(runId))}>run {runId}</a>
        </dd>
        <dt>Expected</dt>
        <dd>{band === null ? 'There is too little history to tell.' : <Expected band={band} unit={unit} />}</dd>
        {unusual !== null && (
          <>
            <dt>How unusual</dt>
            <dd>
              <StatusBadge status={unusual > 1 ? 'alarm' : 'usual'} /> {unusualText(unusual)}
              <span className="soft">, where 1× is the edge of what is expected</span>
            </dd>
          </>
        )}
        {!point.is_learned_from && (
          <>
            <dt>Learned from</dt>
            <dd>no: it is an incident, or a later run of the same deliveries took its place</dd>
          </>
        )}
      </dl>
    </Section>
  )
}

const seasons = {
  none: '',
  weekday: ' of the same weekday',
  day_of_month: ' of the same day of the month',
  business_day: ' of the same business day of the month',
} as const satisfies Record<Band['seasonality'], string>

function Expected({ band, unit }: { readonly band: Band; readonly unit: MetricUnit }) {
  return (
    <>
      {metricText(unit, band.low)} to {metricText(unit, band.high)}, about {metricText(unit, band.expected)}, from{' '}
      {plural(band.runs.length, 'run')}
      {seasons[band.seasonality]}:{' '}
      {band.runs.map((run, at) => (
        <span key={run}>
          {at > 0 && ', '}
          <a href={hrefTo('runs', String(run))}>{run}</a>
        </span>
      ))}
    </>
  )
}
