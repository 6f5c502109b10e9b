import type { RelationDetail } from '#features/compare'
import { formatCount } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { Change } from '../../ui/change.tsx'
import { ScreenPage, Section } from '../../ui/screen.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { BeforeAfterTable } from './before-after-table.tsx'
import { Causes } from './causes.tsx'
import { DifferencesTable } from './differences-table.tsx'
import { metricHref, type Pair } from './pair-in-address.ts'

type FeedFile = RelationDetail['files'][number]

/** The rows of a relation in both runs: what changed them, by file and by company. */
export function RelationSummary({ detail, pair }: { readonly detail: RelationDetail; readonly pair: Pair }) {
  const { relation, rows, differences, files, companies } = detail
  return (
    <ScreenPage>
      <Section title="Rows">
        <p className="relation-rows">
          <span>
            {rows.before === null ? 'not there' : formatCount(rows.before)} →{' '}
            <strong>{rows.after === null ? 'not there' : formatCount(rows.after)}</strong>{' '}
            <Change value={rows.delta} isFirst="" />
          </span>
          <Causes causes={rows.causes} />
          <a href={metricHref(pair, { relation, scope: 'state', column: null, company: null, metric: 'rows' })}>
            From run to run
          </a>
        </p>
      </Section>
      <Section title="Differences">
        <DifferencesTable label={`Differences in ${relation}`} differences={differences} pair={pair} />
      </Section>
      {companies.length > 0 && (
        <Section title="By company">
          <BeforeAfterTable
            label="Rows by company"
            title="Company"
            rows={companies.map(({ name, before, after }) => ({ name, before, after, contribution: null }))}
          />
        </Section>
      )}
      {files.length > 0 && (
        <Section title="By file">
          <Table
            isCompact
            label="Rows by file"
            columns={fileColumns}
            rows={files}
            rowKey={(file) => `${file.run_id} ${file.file}`}
          />
        </Section>
      )}
    </ScreenPage>
  )
}

const fileColumns: readonly TableColumn<FeedFile>[] = [
  { id: 'run', title: 'Run', cell: (file) => <a href={hrefTo('runs', String(file.run_id))}>Run {file.run_id}</a> },
  { id: 'file', title: 'File', cell: (file) => <span className="mono">{file.file}</span> },
  { id: 'read', title: 'Rows read', isNumber: true, cell: (file) => formatCount(file.rows_read) },
  { id: 'quarantined', title: 'Quarantined', isNumber: true, cell: (file) => formatCount(file.rows_quarantined) },
]
