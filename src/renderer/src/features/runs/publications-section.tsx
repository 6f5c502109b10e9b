import type { Publication, RunSummary } from '#features/runs'
import { hrefTo } from '../../lib/route.ts'
import { Instant } from '../../ui/instant.tsx'
import { Section } from '../../ui/screen.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'

interface Decision extends Publication {
  readonly run_id: number
}

/** When people themselves gave readers another run, the latest first; nothing where nobody did. */
export function PublicationsSection({ runs }: { readonly runs: readonly RunSummary[] }) {
  const decisions = runs
    .flatMap((run) => run.publications.map((publication): Decision => ({ ...publication, run_id: run.run_id })))
    .filter(({ kind }) => kind !== 'publish')
    .toSorted((one, other) => (one.at < other.at ? 1 : -1))
  if (decisions.length === 0) return null
  return (
    <Section title="Rollbacks and releases">
      <Table
        label="Rollbacks and releases"
        columns={columns}
        rows={decisions}
        rowKey={({ at, run_id }) => `${at} ${run_id}`}
      />
    </Section>
  )
}

const words = { publish: 'Published', release: 'Released', rollback: 'Rolled back to' } as const

const columns: readonly TableColumn<Decision>[] = [
  { id: 'at', title: 'When', cell: ({ at }) => <Instant at={at} /> },
  { id: 'who', title: 'By', cell: ({ who }) => who },
  {
    id: 'what',
    title: 'What',
    cell: ({ kind, run_id, previous_run }) =>
      kind === 'rollback' && previous_run !== null && previous_run < run_id ? 'Rolled forward to' : words[kind],
  },
  { id: 'run', title: 'Run', cell: ({ run_id }) => <a href={hrefTo('runs', String(run_id))}>Run {run_id}</a> },
  { id: 'from', title: 'Instead of', cell: ({ previous_run }) => (previous_run === null ? '' : `run ${previous_run}`) },
  { id: 'reason', title: 'Reason', isWide: true, cell: ({ reason }) => reason },
]
