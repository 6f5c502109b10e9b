import { FilterX, PanelLeft, ShieldCheck } from 'lucide-react'
import { useMemo, useState } from 'react'
import { quarantineMethods } from '#features/quarantine'
import type { WorkspaceInfo } from '#features/workspace'
import { useCommands, type Command } from '../../lib/commands.ts'
import type { ErrorReport } from '../../lib/error-report.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { useRemembered } from '../../lib/remembered.ts'
import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { SidePane } from '../../ui/side-pane.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { DetailPane } from './detail-pane.tsx'
import { FacetsPanel } from './facets-panel.tsx'
import { filterFromAddress, isNarrowed, noFilter } from './filter-in-address.ts'
import { QuarantineGrid } from './quarantine-grid.tsx'
import './quarantine-screen.css'

/** What was held back, why, and what exactly was delivered. */
export function QuarantineScreen({ route, info }: { readonly route: Route; readonly info: WorkspaceInfo }) {
  const filter = filterFromAddress(route.query)
  const facets = useQuery(quarantineMethods.facets, { filter }, { keepPrevious: true })
  const [hasFacets, setHasFacets] = useRemembered<boolean>('quarantine.facets', true)
  const [gridError, setGridError] = useState<ErrorReport | null>(null)
  const openRow = route.query.get('row')
  const held = info.counts.open_quarantine

  const toggleFacets = useMemo<readonly Command[]>(
    () => [
      {
        id: 'toggle-filters',
        title: hasFacets ? 'Hide the filters' : 'Show the filters',
        section: 'View',
        keys: null,
        isInPalette: true,
        run: () => setHasFacets(!hasFacets),
      },
    ],
    [hasFacets, setHasFacets],
  )
  useCommands(toggleFacets)

  if (held === 0 && !isNarrowed(filter)) return <NothingHeld hasRun={info.published !== null} />
  return (
    <Screen title="Quarantine" facts={facets.data !== undefined && <Counted total={facets.data.total} held={held} />}>
      {hasFacets && (
        <SidePane id="quarantine.facets" label="Filters" side="left" width={220}>
          {facets.data === undefined ? <Skeleton lines={12} /> : <FacetsPanel route={route} facets={facets.data} />}
        </SidePane>
      )}
      <div className="quarantine-list" data-pane="" tabIndex={-1}>
        <div className="toolbar">
          <IconButton
            label={hasFacets ? 'Hide the filters' : 'Show the filters'}
            aria-pressed={hasFacets}
            icon={<PanelLeft aria-hidden="true" />}
            onClick={() => setHasFacets(!hasFacets)}
          />
          <SearchField
            label="Search the raw records"
            value={route.query.get('q') ?? ''}
            onChange={(text) => navigate(hrefWith(route, { q: text === '' ? null : text }), 'replace')}
          />
          {isNarrowed(filter) && facets.data?.total !== 0 && <ClearFilters route={route} />}
        </div>
        {facets.error !== null && <ErrorNotice error={facets.error} />}
        {gridError !== null && <ErrorNotice error={gridError} />}
        {facets.data?.total === 0 ? (
          <Empty icon={<FilterX />} title="No row matches" action={<ClearFilters route={route} />}>
            <p>{plural(held, 'row')} held back in all, none of them with these filters.</p>
          </Empty>
        ) : (
          facets.data !== undefined && (
            <QuarantineGrid route={route} filter={filter} columns={facets.data.columns} onError={setGridError} />
          )
        )}
      </div>
      {openRow !== null && <DetailPane route={route} id={Number(openRow)} />}
    </Screen>
  )
}

function Counted({ total, held }: { readonly total: number; readonly held: number }) {
  return (
    <span role="status">
      {total === held ? plural(total, 'row') : `${formatCount(total)} of ${plural(held, 'row')}`}
    </span>
  )
}

function ClearFilters({ route }: { readonly route: Route }) {
  return (
    <Button icon={<FilterX aria-hidden="true" />} onClick={() => navigate(hrefWith(route, noFilter))}>
      Clear filters
    </Button>
  )
}

function NothingHeld({ hasRun }: { readonly hasRun: boolean }) {
  return (
    <Screen title="Quarantine">
      <Empty icon={<ShieldCheck />} title="Nothing is held back">
        <p>
          Rows that break a rule of their contract wait here, with the reason and the record as it was delivered,
          instead of reaching the models.
        </p>
        <p>{hasRun ? 'Every row that was read has kept its contract.' : 'Run the pipeline first: press g, then r.'}</p>
      </Empty>
    </Screen>
  )
}
