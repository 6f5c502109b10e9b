import type { CheckResult, ModelResult, RunDetail } from '#features/runs'
import { formatBytes, formatCount, formatDuration, formatTime } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { Change } from '../../ui/change.tsx'
import { consequence } from '../../ui/consequence.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import './run-tables.css'

type FeedFile = RunDetail['files'][number]

/** The models that a run built. */
export function ModelsTable({ models }: { readonly models: readonly ModelResult[] }) {
  return (
    <Table isCompact label="Models of this run" rows={models} rowKey={(model) => model.name} columns={modelColumns} />
  )
}

const modelColumns: readonly TableColumn<ModelResult>[] = [
  {
    id: 'model',
    title: 'Model',
    cell: (model) => <a href={hrefTo('models', model.name)}>{model.name}</a>,
  },
  { id: 'rows', title: 'Rows', isNumber: true, cell: (model) => formatCount(model.rows) },
  {
    id: 'change',
    title: 'Change',
    isNumber: true,
    cell: ({ rows, previous_rows }) => (
      <Change value={previous_rows === null ? null : rows - previous_rows} isFirst="first" />
    ),
  },
  { id: 'seconds', title: 'Time', isNumber: true, cell: (model) => formatDuration(model.seconds) },
  {
    id: 'built',
    title: 'State',
    cell: (model) =>
      model.built !== null ? <StatusBadge status="done" word="Built" /> : <StatusBadge status="unchanged" />,
  },
]

const worstFirst = { fail: 0, warn: 1, pass: 2 } as const

/** The checks that a run made, those that did not pass on top. */
export function ChecksTable({ run: { run_id: runId, checks } }: { readonly run: RunDetail }) {
  return (
    <Table
      label="Checks of this run"
      rows={checks.toSorted((one, other) => worstFirst[one.status] - worstFirst[other.status])}
      rowKey={(check) => `${check.model}.${check.name}`}
      columns={checkColumns(runId)}
    />
  )
}

/** The name and the count lead to the check's page for this run, where the failing rows are. */
function checkColumns(runId: number): readonly TableColumn<CheckResult>[] {
  const pageOf = (check: CheckResult) => hrefTo('checks', check.name, { run: String(runId) })
  return [
    { id: 'status', title: 'Result', cell: (check) => <StatusBadge status={check.status} /> },
    { id: 'check', title: 'Check', isWide: true, cell: (check) => <a href={pageOf(check)}>{check.name}</a> },
    { id: 'model', title: 'Model', cell: (check) => <a href={hrefTo('models', check.model)}>{check.model}</a> },
    { id: 'column', title: 'Column', cell: (check) => check.column ?? '' },
    {
      id: 'failures',
      title: 'Failing rows',
      isNumber: true,
      cell: (check) => (check.failures === 0 ? '0' : <a href={pageOf(check)}>{formatCount(check.failures)}</a>),
    },
    { id: 'blocking', title: 'If it fails', cell: consequence },
  ]
}

interface FilesTableProps {
  readonly files: readonly FeedFile[]
  /** What an unpublished run held back is not in the quarantine, so nothing leads there. */
  readonly isPublished: boolean
}

/** The feed files that a run read. */
export function FilesTable({ files, isPublished }: FilesTableProps) {
  const columns = isPublished ? linkedFileColumns : fileColumns
  return <Table label="Files of this run" rows={files} rowKey={(file) => file.file} columns={columns} />
}

const fileColumns: readonly TableColumn<FeedFile>[] = [
  { id: 'file', title: 'File', cell: (file) => file.file },
  { id: 'source', title: 'Source', cell: (file) => file.source },
  { id: 'format', title: 'Format', cell: (file) => file.format },
  { id: 'encoding', title: 'Encoding', cell: (file) => file.encoding },
  { id: 'size', title: 'Size', isNumber: true, cell: (file) => formatBytes(file.bytes) },
  { id: 'rows', title: 'Rows read', isNumber: true, cell: (file) => formatCount(file.rows_read) },
  { id: 'held', title: 'Quarantined', isNumber: true, cell: (file) => formatCount(file.rows_quarantined) },
  {
    id: 'warnings',
    title: 'Warnings',
    isWide: true,
    cell: (file) => file.warnings.length > 0 && <StatusBadge status="warn" word={file.warnings.join(', ')} />,
  },
]

const linkedFileColumns = fileColumns.map((column) =>
  column.id === 'held' ? { ...column, cell: (file: FeedFile) => <HeldRows file={file} /> } : column,
)

function HeldRows({ file: { file, rows_quarantined } }: { readonly file: FeedFile }) {
  if (rows_quarantined === 0) return '0'
  return <a href={hrefTo('quarantine', null, { file })}>{formatCount(rows_quarantined)}</a>
}

/** What a run said while it went on. */
export function LogLines({ lines }: { readonly lines: RunDetail['log'] }) {
  if (lines.length === 0) return <p className="soft">Nothing was logged.</p>
  return (
    <ol className="log-lines" aria-label="Log lines">
      {withKeys(lines).map(({ key, line }) => (
        <li key={key} className={`log-${line.level}`}>
          <time dateTime={line.at} title={line.at}>
            {formatTime(line.at)}
          </time>
          <span className="log-level">{line.level}</span>
          <span>{line.message}</span>
        </li>
      ))}
    </ol>
  )
}

/** A log only grows at its end, so a line's place names it. */
function withKeys(lines: RunDetail['log']) {
  return lines.map((line, place) => ({ key: `${place} ${line.at}`, line }))
}
