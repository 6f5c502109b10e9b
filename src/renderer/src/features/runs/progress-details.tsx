import type { RunProgress } from '#features/runs'
import { formatBytes, formatCount, formatDuration } from '../../lib/format.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { Elapsed } from './elapsed.tsx'
import { stepStatus } from './step-status.ts'
import './progress-details.css'

type SourceProgress = RunProgress['sources'][number]
type ModelProgress = RunProgress['models'][number]

/** The run in progress, source by source and model by model. */
export function ProgressDetails({ progress }: { readonly progress: RunProgress }) {
  return (
    <div className="progress-details">
      <Table
        label="Sources in progress"
        rows={progress.sources}
        rowKey={(source) => source.name}
        columns={sourceColumns}
      />
      <Table label="Models in progress" rows={progress.models} rowKey={(model) => model.name} columns={modelColumns} />
    </div>
  )
}

const sourceColumns: readonly TableColumn<SourceProgress>[] = [
  { id: 'source', title: 'Source', cell: (source) => <span title={source.name}>{source.name}</span> },
  { id: 'state', title: 'State', cell: (source) => <StatusBadge status={stepStatus(source.state)} /> },
  { id: 'bytes', title: 'Read', cell: (source) => <BytesRead source={source} /> },
  { id: 'rows', title: 'Rows', isNumber: true, cell: (source) => formatCount(source.rows_read) },
  { id: 'held', title: 'Quarantined', isNumber: true, cell: (source) => formatCount(source.rows_quarantined) },
]

const modelColumns: readonly TableColumn<ModelProgress>[] = [
  { id: 'model', title: 'Model', cell: (model) => <span title={model.name}>{model.name}</span> },
  { id: 'state', title: 'State', cell: (model) => <StatusBadge status={stepStatus(model.state)} /> },
  { id: 'rows', title: 'Rows', isNumber: true, cell: ({ rows }) => (rows === null ? '' : formatCount(rows)) },
  {
    id: 'time',
    title: 'Time',
    isNumber: true,
    cell: (model) => <ModelTime model={model} />,
  },
]

function BytesRead({ source }: { readonly source: SourceProgress }) {
  // Nothing is read of what is only staged already: a bar would say something else.
  if (source.bytes_total === 0) return <span className="soft">no feed</span>
  return (
    <span className="progress-bytes">
      {formatBytes(source.bytes_read)} of {formatBytes(source.bytes_total)}
      <ProgressBar label={`${source.name} read`} share={source.bytes_read / source.bytes_total} />
    </span>
  )
}

function ModelTime({ model: { state, seconds, started_at: startedAt } }: { readonly model: ModelProgress }) {
  if (seconds !== null) return formatDuration(seconds)
  return state === 'running' && startedAt !== null && <Elapsed since={startedAt} />
}
