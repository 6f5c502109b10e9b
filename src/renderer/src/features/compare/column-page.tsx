import { compareMethods, type ColumnDetail, type MetricScope } from '#features/compare'
import { useQuery } from '../../lib/use-query.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen, ScreenPage, Section } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ColumnPictures } from './column-pictures.tsx'
import { ColumnNumbers } from './column-numbers.tsx'
import { DifferencesTable } from './differences-table.tsx'
import { DistancesSection } from './distances-section.tsx'
import { PairNote } from './pair-note.tsx'
import { columnHref, relationHref, type Pair } from './pair-in-address.ts'

interface ColumnPageProps {
  readonly relation: string
  readonly column: string
  readonly scope: MetricScope
  readonly pair: Pair
}

/** The values of one column in both runs: pictures, distances, numbers. */
export function ColumnPage({ relation, column, scope, pair }: ColumnPageProps) {
  const { data, error } = useQuery(compareMethods.column, { ...pair, relation, column, scope }, { keepPrevious: true })
  return (
    <Screen
      title={
        <>
          <BackLink
            screen="compare"
            label={`Back to ${relation}`}
            href={relationHref(pair, relation, { tab: 'columns' })}
          />
          {relation}.{column}
        </>
      }
      facts={data !== undefined && <Facts detail={data} pair={pair} />}
      actions={
        <>
          <a className="button button-plain" href={columnHref(pair, relation, column, other(scope))}>
            {scope === 'state' ? 'Show what was delivered' : 'Show all rows'}
          </a>
          <a
            className="button button-plain"
            href={relationHref(pair, relation, { tab: 'rows', class: 'changed', changed: column })}
          >
            Changed rows
          </a>
        </>
      }
    >
      <ScreenPage isForReading>
        {error !== null && <ErrorNotice error={error} />}
        {data === undefined && error === null && <Skeleton />}
        {data !== undefined && (
          <>
            <ColumnPictures detail={data} pair={pair} />
            <DistancesSection detail={data} />
            <Section title="Metrics">
              <DifferencesTable label="Metrics that differ" differences={data.differences} pair={pair} />
            </Section>
            <ColumnNumbers detail={data} />
          </>
        )}
      </ScreenPage>
    </Screen>
  )
}

function other(scope: MetricScope): MetricScope {
  return scope === 'state' ? 'delivered' : 'state'
}

function Facts({ detail, pair }: { readonly detail: ColumnDetail; readonly pair: Pair }) {
  return (
    <>
      <Chip>{detail.type}</Chip>
      {detail.is_personal && <Chip tone="attention">personal</Chip>}
      <PairNote pair={pair} />
      <span>{detail.scope === 'state' ? 'all rows that readers see' : 'rows staged new or changed by the run'}</span>
    </>
  )
}
