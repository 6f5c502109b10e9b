import type { IncidentProblem } from '#features/incident'
import { hrefTo } from '../../lib/route.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import type { Incident } from './incident.ts'
import { Step } from './step.tsx'

/** What broke in the latest run, the worst first. */
export function ProblemsStep({ incident: { run, problems } }: { readonly incident: Incident }) {
  return (
    <Step
      title="2. Profile"
      explanation="What broke in the latest run, the worst first: files, gates, guards, checks, and query plans that changed. Changes nothing."
    >
      {run === null && <p>The latest run went well.</p>}
      {run !== null && problems.length === 0 && <p>{run.error?.message ?? 'The run left no word on why it ended.'}</p>}
      {problems.length > 0 && (
        <Table
          label="What broke"
          rows={problems}
          rowKey={(problem) => `${problem.kind} ${problem.message}`}
          columns={run === null ? columns : [...columns, profileColumn(run.run_id)]}
        />
      )}
    </Step>
  )
}

const kindWords = {
  error: 'Error',
  rejected_file: 'File',
  guard: 'Guard',
  gate: 'Gate',
  check: 'Check',
  plan: 'Plan',
} as const satisfies Record<IncidentProblem['kind'], string>

const columns: readonly TableColumn<IncidentProblem>[] = [
  {
    id: 'status',
    title: 'Result',
    cell: ({ status }) => <StatusBadge status={status} word={status === 'fail' ? 'Stopped the run' : 'Warning'} />,
  },
  { id: 'kind', title: 'Found by', cell: ({ kind }) => kindWords[kind] },
  { id: 'message', title: 'Cause', isWide: true, cell: ({ message }) => message },
]

function profileColumn(runId: number): TableColumn<IncidentProblem> {
  return {
    id: 'profile',
    title: 'Look closer',
    cell: ({ kind, model }) => {
      if (kind === 'gate') return <a href={hrefTo('runs', String(runId))}>Gates of run {runId}</a>
      return (
        model !== null && (
          <a href={hrefTo('models', model, { tab: 'profile', run: String(runId) })}>Profile of {model}</a>
        )
      )
    },
  }
}
