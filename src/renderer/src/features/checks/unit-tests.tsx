import { FlaskConical } from 'lucide-react'
import { checksMethods, type UnitTestResult } from '#features/checks'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'

/** The unit tests of the models, run as the tab opens: they look at given rows alone. */
export function UnitTests() {
  const { data, error } = useQuery(checksMethods.test, {})
  return (
    <ScreenPage>
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && data.tests.length === 0 && (
        <Empty icon={<FlaskConical />} title="The project has no unit tests">
          <p>A unit test gives rows in place of what a model reads, and the rows that it must make of them.</p>
        </Empty>
      )}
      {data !== undefined && data.tests.length > 0 && (
        <Table label="Unit tests" columns={columns} rows={data.tests} rowKey={(one) => `${one.model} ${one.name}`} />
      )}
    </ScreenPage>
  )
}

const columns: readonly TableColumn<UnitTestResult>[] = [
  { id: 'status', title: 'Result', cell: ({ status }) => <StatusBadge status={status} /> },
  { id: 'model', title: 'Model', cell: ({ model }) => <a href={hrefTo('models', model)}>{model}</a> },
  { id: 'name', title: 'Unit test', cell: ({ name }) => name },
  {
    id: 'what',
    title: 'What',
    isWide: true,
    cell: ({ description, missing, unexpected }) => (
      <>
        {description}
        <Rows word="missing" rows={missing} />
        <Rows word="not expected" rows={unexpected} />
      </>
    ),
  },
]

function Rows({ word, rows }: { readonly word: string; readonly rows: UnitTestResult['missing'] }) {
  if (rows.length === 0) return null
  return (
    <ul className="unit-test-rows" aria-label={word}>
      {rows.map((row, index) => (
        <li key={index}>
          {word}:{' '}
          <code>
            {Object.entries(row)
              .map(([name, value]) => `${name} = ${value ?? 'null'}`)
              .join(', ')}
          </code>
        </li>
      ))}
    </ul>
  )
}
