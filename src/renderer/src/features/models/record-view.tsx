import { ArrowLeft, ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { modelsMethods, type RecordField } from '#features/models'
import { formatCount } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { cellText } from '../../lib/cell-text.ts'
import { CorrectValue } from './correct-value.tsx'
import type { StagedRowName } from './row-in-address.ts'

interface RecordViewProps {
  /** Of the rows that readers see, or of those that the last run left. */
  readonly state: 'published' | 'latest'
  readonly staged: StagedRowName
  /** Where the rows that it became stand; null where there is nothing to go back to. */
  readonly back: string | null
}

/** The record that a staged row was made of: where it lies, its text, and what became of each of its cells. */
export function RecordView({ staged, back, state }: RecordViewProps) {
  const { data: record, error } = useQuery(modelsMethods.record, { source: staged.source, key: staged.key, state })
  return (
    <div className="origin">
      {back !== null && (
        <a className="origin-back" href={back}>
          <ArrowLeft aria-hidden="true" />
          Back to the steps
        </a>
      )}
      {error !== null && <ErrorNotice error={error} />}
      {record === undefined && error === null && <Skeleton />}
      {record !== undefined && (
        <>
          <section aria-label="Record">
            <div className="origin-step-header">
              <h3 className="mono">{record.row_id}</h3>
              <CorrectValue record={record} />
            </div>
            <dl className="origin-facts">
              <Fact name="source">
                <a href={hrefTo('models', record.source)}>{record.source}</a>
              </Fact>
              <Fact name="file">{record.file}</Fact>
              <Fact name="line">{formatCount(record.line)}</Fact>
              <Fact name="byte offset">{formatCount(record.byte_offset)}</Fact>
              <Fact name="encoding">{record.encoding}</Fact>
              <Fact name="staged by">
                <a href={hrefTo('runs', String(record.run_id))}>run {record.run_id}</a>
              </Fact>
            </dl>
            {record.quarantine_id !== null && (
              <a className="origin-back" href={hrefTo('quarantine', null, { row: String(record.quarantine_id) })}>
                <ShieldAlert aria-hidden="true" />
                Show it in the quarantine
              </a>
            )}
          </section>
          <section aria-label="As delivered">
            <div className="origin-step-header">
              <h3>As delivered</h3>
              <CopyButton label="Copy" text={record.raw} />
            </div>
            <pre className="origin-raw">{record.raw}</pre>
          </section>
          <section aria-label="From cell to value">
            <h3>From cell to value</h3>
            <div
              className="origin-rows origin-fields"
              role="region"
              aria-label="From cell to value, table"
              tabIndex={0}
            >
              <Table<RecordField>
                label="From cell to value"
                rows={record.fields}
                rowKey={(field) => field.column}
                columns={fieldColumns(record.fields)}
              />
            </div>
          </section>
        </>
      )}
    </div>
  )
}

/** Corrections have a column where there are any. */
function fieldColumns(fields: readonly RecordField[]): readonly TableColumn<RecordField>[] {
  const isCorrected = fields.some((field) => field.corrected_value !== null)
  const corrected: TableColumn<RecordField> = {
    id: 'corrected',
    title: 'Corrected',
    cell: ({ corrected_value: value }) => value !== null && <CellText text={value} />,
  }
  return [
    { id: 'column', title: 'Column', cell: (field) => <code>{field.column}</code> },
    { id: 'raw', title: 'Delivered', cell: (field) => <CellText text={field.raw_value} /> },
    ...(isCorrected ? [corrected] : []),
    { id: 'value', title: 'Staged', cell: (field) => <CellText text={stagedText(field)} /> },
    { id: 'note', title: 'How', isWide: true, cell: (field) => <span className="soft">{field.note}</span> },
  ]
}

/** Instants stay in UTC here, so that they can be compared with what was delivered. */
function stagedText({ type, value }: RecordField): string | null {
  return value === null || type === 'timestamp' ? value : cellText(type, value)
}

/** White space counts here: it is part of what was delivered. */
function CellText({ text }: { readonly text: string | null }) {
  return text === null || text === '' ? (
    <span className="soft">empty</span>
  ) : (
    <span className="origin-cell">{text}</span>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
