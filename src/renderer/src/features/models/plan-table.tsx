import type { ModelProfile } from '#features/models'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'

type Step = ModelProfile['plan'][number]

interface IndentedStep extends Step {
  readonly depth: number
}

/** The steps by which the model's SELECT is run, what each costs in words, and what the last good run did otherwise. */
export function PlanTable({ profile }: { readonly profile: ModelProfile }) {
  const { plan, plan_changes: changes, last_good: last } = profile
  if (plan.length === 0) return <p className="soft">The plan of this run was not recorded.</p>
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
    cell: ({ detail, depth }) => (
      <span className="mono" style={{ paddingLeft: depth * 16 }}>
        {detail}
      </span>
    ),
  },
  {
    id: 'note',
    title: 'What it costs',
    isWide: true,
    cell: ({ note, is_costly: isCostly }) =>
      isCostly && note !== null ? <StatusBadge status="warn" word={note} /> : note,
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
