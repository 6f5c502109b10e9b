import type { ModelProfile } from '#features/models'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'

type Step = ModelProfile['plan'][number]

interface IndentedStep extends Step {
  readonly depth: number
}

/** The steps by which the model's SELECT is run, what each costs in words, and what the last good run did otherwise. */
export function PlanTable({ profile }: { readonly profile: ModelProfile }) {
  const { plan, plan_changes: changes, built_in: builtIn, last_good: last } = profile
  if (plan.length === 0)
    return (
      <p className="soft">
        {builtIn === null
          ? 'The plan is here once a run has built the model.'
          : 'The plan of this run was not recorded.'}
      </p>
    )
  return (
    <>
      {last !== null && changes.length === 0 && (
        <p className="soft">The same as in run {last.run_id}, the last good one.</p>
      )}
      {last !== null && changes.length > 0 && (
        <>
          <p>
            <StatusBadge status="warn" word={`Changed since run ${last.run_id}, the last good one`} />
          </p>
          <ul className="mono" aria-label="Changes of the plan">
            {changes.map((change, index) => (
              <li key={`${index} ${change}`}>{change}</li>
            ))}
          </ul>
        </>
      )}
      <Table label="Query plan" rows={indented(plan)} rowKey={(step) => step.id} columns={columns} />
    </>
  )
}

const columns: readonly TableColumn<IndentedStep>[] = [
  {
    id: 'step',
    title: 'Step',
    isWide: true,
    cell: ({ detail, depth }) => (
      <div className="mono" style={{ paddingLeft: depth * 16 }}>
        {detail}
      </div>
    ),
  },
  {
    id: 'note',
    title: 'What it costs',
    cell: ({ note, is_costly: isCostly }) => (
      <div className="plan-note">
        {note !== null && <StatusBadge status={isCostly ? 'warn' : 'noted'} word={note} />}
      </div>
    ),
  },
]

function indented(plan: readonly Step[]): IndentedStep[] {
  const depths = new Map<number, number>()
  return plan.map((step) => {
    const depth = (depths.get(step.parent) ?? -1) + 1
    depths.set(step.id, depth)
    return { ...step, depth }
  })
}
