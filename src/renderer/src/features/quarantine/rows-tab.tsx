import { FilterX, PanelLeft, ShieldCheck } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { quarantineMethods } from '#features/quarantine'
import type { WorkspaceInfo } from '#features/workspace'
import { useCommands, type Command } from '../../lib/commands.ts'
import type { ErrorReport } from '../../lib/error-report.ts'
import { plural } from '../../lib/format.ts'
import { useRemembered } from '../../lib/remembered.ts'
import { hrefTo, hrefWith, navigate, type Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import type { DataGridHandle } from '../../ui/grid/data-column.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { SidePane } from '../../ui/side-pane.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { DetailPane } from './detail-pane.tsx'
import { FacetsPanel } from './facets-panel.tsx'
import { filterFromAddress, isNarrowed, noFilter } from './filter-in-address.ts'
import { QuarantineGrid } from './quarantine-grid.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useRowCommands } from './use-row-commands.ts'
import { ViewsMenu } from './views-menu.tsx'

/** The rows with their facets, the bar of what can be done with them, and the open one as a form. */
export function RowsTab({ route, info }: { readonly route: Route; readonly info: WorkspaceInfo }) {
  const filter = filterFromAddress(route.query)
  const facets = useQuery(quarantineMethods.facets, { filter }, { keepPrevious: true })
  const [hasFacets, setHasFacets] = useRemembered<boolean>('quarantine.facets', true)
  const [gridError, setGridError] = useState<ErrorReport | null>(null)
  const grid = useRef<DataGridHandle>(null)
  const openRow = route.query.get('row')
  const held = info.counts.open_quarantine
  const { data: counts } = facets
  useFacetsCommand(hasFacets, setHasFacets)
  useRowCommands(grid)

  return (
    <div className="quarantine-rows">
      {hasFacets && (
        <SidePane id="quarantine.facets" label="Filters" side="left" width={220}>
          {counts === undefined ? <Skeleton lines={12} /> : <FacetsPanel route={route} counts={counts} />}
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
          <ViewsMenu filter={filter} />
          {isNarrowed(filter) && counts?.total !== 0 && <ClearFilters route={route} />}
        </div>
        {counts !== undefined && counts.total > 0 && (
          <SelectionBar route={route} total={counts.total} held={held} grid={grid} />
        )}
        {facets.error !== null && <ErrorNotice error={facets.error} />}
        {gridError !== null && <ErrorNotice error={gridError} />}
        {counts?.total === 0 && <NoRows route={route} held={held} hasRun={info.published !== null} />}
        {counts !== undefined && counts.total > 0 && (
          <QuarantineGrid route={route} filter={filter} columns={counts.columns} handle={grid} onError={setGridError} />
        )}
      </div>
      {openRow !== null && <DetailPane route={route} id={Number(openRow)} onClosed={() => grid.current?.focus()} />}
    </div>
  )
}

function useFacetsCommand(hasFacets: boolean, setHasFacets: (has: boolean) => void): void {
  const commands = useMemo<readonly Command[]>(
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
  useCommands(commands)
}

function ClearFilters({ route }: { readonly route: Route }) {
  return (
    <Button icon={<FilterX aria-hidden="true" />} onClick={() => navigate(hrefWith(route, noFilter))}>
      Clear filters
    </Button>
  )
}

function NoRows({ route, held, hasRun }: { readonly route: Route; readonly held: number; readonly hasRun: boolean }) {
  if (isNarrowed(filterFromAddress(route.query)))
    return (
      <Empty icon={<FilterX />} title="No row matches" action={<ClearFilters route={route} />}>
        <p>{plural(held, 'row')} held back in all, none of them with these filters.</p>
      </Empty>
    )
  return (
    <Empty icon={<ShieldCheck />} title="Nothing is held back">
      <p>
        Rows that break a rule of their contract wait here, with the reason and the record as it was delivered, instead
        of reaching the models.
      </p>
      <p>
        {hasRun ? (
          'Every row that was read has kept its contract, or was mended.'
        ) : (
          <>
            Run the pipeline on <a href={hrefTo('runs')}>Runs</a> first.
          </>
        )}
      </p>
    </Empty>
  )
}
