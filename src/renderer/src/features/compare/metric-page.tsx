import { ChartLine } from 'lucide-react'
import { useState } from 'react'
import { compareMethods, type MetricKey } from '#features/compare'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { metricName, metricPlace, scopeName } from './metric-words.ts'
import { columnHref, overviewHref, relationHref, type Pair } from './pair-in-address.ts'
import { SeriesFigure } from './series-figure.tsx'
import { SeriesPointDetail } from './series-point-detail.tsx'

interface MetricPageProps {
  readonly metric: MetricKey
  readonly pair: Pair
}

/** One metric from run to run with the band that was expected each time; a point is chosen to be read and labelled. */
export function MetricPage({ metric, pair }: MetricPageProps) {
  const { data, error } = useQuery(compareMethods.series, metric, { keepPrevious: true })
  const [chosen, setChosen] = useState<number | null>(null)
  const points = data?.points ?? []
  const wanted = chosen ?? pair.b
  const found = points.findIndex((point) => point.run_id === wanted)
  const at = found === -1 ? points.length - 1 : found
  const point = points[at]
  const { relation, column, scope } = metric
  return (
    <Screen
      title={
        <>
          <BackLink screen="compare" label="Back to the differences" href={overviewHref(pair)} />
          {metricName(metric.metric, data?.unit)}
        </>
      }
      facts={
        <>
          <span>
            of {metricPlace(metric)}, {scopeName(scope)}
          </span>
          <a href={relationHref(pair, relation)}>{relation}</a>
          {column !== null && <a href={columnHref(pair, relation, column, scope)}>Values of {column}</a>}
          <a href={relationHref(pair, relation, { tab: 'rows' })}>Row by row</a>
          <a href={hrefTo('models', relation)}>Open it on Models</a>
        </>
      }
    >
      {data !== undefined && point === undefined ? (
        <Empty icon={<ChartLine />} title="Nothing is known of this metric">
          <p>No run that is kept has measured it.</p>
        </Empty>
      ) : (
        <ScreenPage>
          {error !== null && <ErrorNotice error={error} />}
          {data === undefined && error === null && <Skeleton />}
          {data !== undefined && point !== undefined && (
            <>
              <SeriesFigure
                title={data.title}
                unit={data.unit}
                points={points}
                chosen={at}
                onChoose={(next) => setChosen(points[next]?.run_id ?? null)}
              />
              <SeriesPointDetail point={point} metric={metric} unit={data.unit} />
            </>
          )}
        </ScreenPage>
      )}
    </Screen>
  )
}
