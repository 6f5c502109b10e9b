import { CircleCheck } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { OutputOf } from '#protocol/method'
import { checksMethods, type Check, type FailingRow } from '#features/checks'
import { cellText, isNumeric } from '../../lib/cell-text.ts'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { useWorkspaceVersion } from '../../lib/workspace-version.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import type { DataColumn, GridPage } from '../../ui/grid/data-column.ts'
import { DataGrid } from '../../ui/grid/data-grid.tsx'

interface PlacedRow extends FailingRow {
  readonly at: number
}

interface FailuresGridProps {
  readonly runId: number
  readonly check: Check
}

/** All rows that failed a check, each with the way to where it came from. */
export function FailuresGrid({ runId, check }: FailuresGridProps) {
  const engine = useEngine()
  const version = useWorkspaceVersion((state) => state.version)
  const [failure, setFailure] = useState<ErrorReport | null>(null)
  const { data, error } = useQuery(checksMethods.failures, { run_id: runId, name: check.name, limit: 1 })
  const shape = JSON.stringify(data?.columns ?? [])
  const columns = useMemo(() => gridColumns(shape, check.model), [shape, check.model])
  if (error !== null) return <ErrorNotice error={error} />
  if (data === undefined) return null
  if (data.total === 0) return <NoRows check={check} />
  const read = async ({ offset, limit }: GridPage) => {
    const page = await engine.call(checksMethods.failures, { run_id: runId, name: check.name, offset, limit })
    setFailure(null)
    return { total: page.total, rows: page.rows.map((row, index): PlacedRow => ({ ...row, at: offset + index })) }
  }
  return (
    <div className="check-failures">
      {failure !== null && <ErrorNotice error={failure} />}
      <DataGrid<PlacedRow>
        label="Failing rows"
        columns={columns}
        listed={check.name}
        version={version}
        rowId={(row) => String(row.at)}
        read={read}
        onError={(cause) => setFailure(reportOf(cause))}
      />
    </div>
  )
}

function NoRows({ check }: { readonly check: Check }) {
  if (check.failures === 0) {
    return (
      <Empty icon={<CircleCheck />} title="No row failed">
        <p>Rows that fail this check are listed here, all of them.</p>
      </Empty>
    )
  }
  return (
    <Empty icon={<CircleCheck />} title="No single row is to blame">
      <p>
        This check measures all rows together: it found {check.measured} and expected {check.expected}.
      </p>
    </Empty>
  )
}

function gridColumns(shape: string, model: string): readonly DataColumn<PlacedRow>[] {
  const columns = JSON.parse(shape) as OutputOf<typeof checksMethods.failures>['columns']
  return [
    {
      id: 'assay_origin',
      title: 'Leads to',
      width: 110,
      isPinned: true,
      text: (row) => originWord(row),
      draw: (row) => <Origin row={row} model={model} />,
    },
    ...columns.map((column, index): DataColumn<PlacedRow> => ({
      id: column.name,
      title: column.name,
      width: 140,
      isNumber: isNumeric(column.type),
      text: (row) => cellText(column.type, row.cells[index] ?? null),
    })),
  ]
}

function originWord(row: FailingRow): string {
  if (row.quarantine_id !== null) return 'Quarantine'
  return 'Where from'
}

/** To the record that is held back, or to the row, published or as the last run left it, and what it was made of. */
function Origin({ row, model }: { readonly row: FailingRow; readonly model: string }) {
  if (row.quarantine_id !== null)
    return <a href={hrefTo('quarantine', null, { row: String(row.quarantine_id) })}>{originWord(row)}</a>
  const state = row.is_published ? {} : { state: 'latest' }
  return <a href={hrefTo('models', model, { row: JSON.stringify(row.key), ...state })}>{originWord(row)}</a>
}
