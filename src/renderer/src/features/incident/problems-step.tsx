import type { IncidentProblem } from '#features/incident'
import { hrefTo } from '../../lib/route.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import type { Incident } from './incident.ts'
import { Step } from './step.tsx'

/** What broke in the latest run, the worst first. */
export function ProblemsStep({ incident }: { readonly incident: Incident }) {
  const { run, verdict, problems, problems_run: problemsRun } = incident
  return (
    <Step
      title="2. Profile"
      explanation="What broke in the latest run, the worst first: files, gates, guards, checks, and query plans that changed. Changes nothing."
    >
      {run === null && <p>{[`${verdict.title}.`, ...verdict.details].join(' ')}</p>}
      {run !== null && verdict.details.length > 0 && <p>{verdict.details.join(' ')}</p>}
      {run !== null && problems.length === 0 && <p>{run.error?.message ?? 'The run left no word on why it ended.'}</p>}
      {problems.length > 0 && (
        <Table
          label="What broke"
          rows={problems}
          rowKey={(problem) => `${problem.kind} ${problem.message}`}
          columns={problemsRun === null ? columns : [...columns, profileColumn(problemsRun)]}
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

function resultOf(status: IncidentProblem['status'], held: readonly string[]): string {
  if (held.length > 0) return 'Held back'
  return status === 'fail' ? 'Stopped the run' : 'Warning'
}

const columns: readonly TableColumn<IncidentProblem>[] = [
  {
    id: 'status',
    title: 'Result',
    cell: ({ status, held }) => <StatusBadge status={status} word={resultOf(status, held)} />,
  },
  {
    id: 'kind',
    title: 'Found by',
    cell: ({ kind, gate }) => (gate === null ? kindWords[kind] : `${kindWords[kind]}: ${gate}`),
  },
  { id: 'message', title: 'Cause', isWide: true, cell: ({ message }) => message },
]

function profileColumn(runId: number): TableColumn<IncidentProblem> {
  return {
    id: 'profile',
    title: 'Look closer',
    cell: ({ kind, model, check }) => {
      if (kind === 'gate') return <a href={hrefTo('runs', String(runId))}>Gates of run {runId}</a>
      if (check === null && model === null) return <a href={hrefTo('runs', String(runId))}>Page of run {runId}</a>
      return (
        <>
          {check !== null && (
            <>
              <a href={hrefTo('checks', check, { run: String(runId) })}>Its failing rows</a>
              {', '}
            </>
          )}
          {model !== null && (
            <a href={hrefTo('models', model, { tab: 'profile', run: String(runId) })}>Profile of {model}</a>
          )}
        </>
      )
    },
  }
}
