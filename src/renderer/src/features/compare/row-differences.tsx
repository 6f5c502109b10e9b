import { useMemo, useState } from 'react'
import { rowdiffMethods, type DifferenceClass, type RowDifference, type RowdiffSummary } from '#features/rowdiff'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { hrefTo, hrefWith, navigate, type Route } from '../../lib/route.ts'
import { tell } from '../../lib/toasts.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import type { GridPage } from '../../ui/grid/data-column.ts'
import { DataGrid } from '../../ui/grid/data-grid.tsx'
import { rowdiffColumns, type PlacedDifference } from './rowdiff-columns.tsx'
import { RowdiffFilters } from './rowdiff-filters.tsx'
import { RowdiffSums } from './rowdiff-sums.tsx'

interface RowDifferencesProps {
  readonly id: string
  readonly relation: string
  readonly summary: RowdiffSummary
  readonly route: Route
  readonly isPublished: boolean
}

const classes: readonly DifferenceClass[] = ['added', 'removed', 'changed', 'null_key', 'duplicate_key']

/** The rows that are not equal in both runs, changed cells with their old value; a row leads to where it came from. */
export function RowDifferences({ id, relation, summary, route, isPublished }: RowDifferencesProps) {
  const engine = useEngine()
  const [failure, setFailure] = useState<ErrorReport | null>(null)
  const columns = useMemo(() => rowdiffColumns(summary), [summary])
  const wanted = classes.find((one) => one === route.query.get('class'))
  const column = summary.by_column.find((one) => one.column === route.query.get('changed'))?.column
  const filter = { ...(wanted === undefined ? {} : { class: wanted }), ...(column === undefined ? {} : { column }) }

  const read = async ({ offset, limit }: GridPage) => {
    const page = await engine.call(rowdiffMethods.rows, { id, ...filter, offset, limit })
    setFailure(null)
    return { total: page.total, rows: page.rows.map((row, at): PlacedDifference => ({ ...row, at: offset + at })) }
  }
  const open = (row: RowDifference) => {
    const why = whyNoOrigin(row, isPublished)
    if (why === null) navigate(hrefTo('models', relation, { row: JSON.stringify(row.key) }))
    else tell(why, { tone: 'info', about: 'origin' })
  }
  return (
    <div className="compare-body">
      <RowdiffSums summary={summary} />
      <RowdiffFilters
        summary={summary}
        chosen={wanted ?? null}
        column={column ?? null}
        onChange={(next) => navigate(hrefWith(route, { class: next.chosen, changed: next.column }))}
      />
      {failure !== null && <ErrorNotice error={failure} />}
      <DataGrid<PlacedDifference>
        label={`Row by row: ${relation}`}
        columns={columns}
        listed={JSON.stringify([id, filter])}
        version={0}
        rowId={(row) => String(row.at)}
        read={read}
        onOpen={open}
        onError={(cause) => setFailure(reportOf(cause))}
      />
    </div>
  )
}

/** Why a row cannot be followed to where it came from; null where it can. */
function whyNoOrigin(row: RowDifference, isPublished: boolean): string | null {
  if (row.after === null) return 'The later run does not have this row any more, so it is not followed to its feed.'
  if (row.class === 'null_key') return 'A row whose key is not complete is not followed to its feed.'
  return isPublished ? null : 'Only rows that readers see now are followed to their feed.'
}
