import { History } from 'lucide-react'
import { useState } from 'react'
import { runsMethods } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { formatCount } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { tell } from '../../lib/toasts.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Instant } from '../../ui/instant.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import type { Incident } from './incident.ts'
import { Step } from './step.tsx'

type Target = Incident['targets'][number]

/** Gives readers an earlier published run. */
export function RollBackStep({ incident: { targets } }: { readonly incident: Incident }) {
  const engine = useEngine()
  const [reason, setReason] = useState('')
  const action = useAction(() => setReason(''))
  const rollBack = (runId: number) =>
    action.start(async () => {
      await engine.call(runsMethods.rollback, { run_id: runId, reason })
      tell(`Readers see run ${runId} now.`)
    })
  const current = targets.find((target) => target.is_current)?.run_id ?? 0
  const wordOf = ({ run_id: runId }: Target) => (runId > current ? 'Roll forward' : 'Roll back')
  const columns: readonly TableColumn<Target>[] = [
    ...targetColumns,
    {
      id: 'do',
      title: 'Readers',
      isWide: true,
      cell: (target) =>
        target.is_current ? (
          <Chip tone="good">see this run</Chip>
        ) : (
          <Button
            icon={<History aria-hidden="true" />}
            aria-label={`${wordOf(target)} to run ${target.run_id}`}
            disabled={action.isBusy}
            onClick={() => rollBack(target.run_id)}
          >
            {wordOf(target)}
          </Button>
        ),
    },
  ]
  return (
    <Step
      title="3. Roll back"
      explanation="Gives readers and exports an earlier run, whole and within seconds: models, staged rows, quarantine. Until another run is published one can go forward again."
    >
      {targets.length === 0 && <p>Nothing was published yet, so readers see nothing that could be wrong.</p>}
      {targets.length > 1 && (
        <ReasonField
          label="Reason for rolling back"
          hint="Kept with who did it and when."
          value={reason}
          onChange={setReason}
        />
      )}
      {targets.length > 0 && (
        <Table label="Published runs" rows={targets} rowKey={(target) => target.run_id} columns={columns} />
      )}
      {action.error !== null && <ErrorNotice error={action.error} />}
    </Step>
  )
}

const targetColumns: readonly TableColumn<Target>[] = [
  {
    id: 'run',
    title: 'Run',
    cell: (target) => <a href={hrefTo('runs', String(target.run_id))}>Run {target.run_id}</a>,
  },
  { id: 'as-of', title: 'As of', cell: (target) => target.as_of },
  { id: 'at', title: 'Finished', cell: (target) => <Instant at={target.finished_at} /> },
  { id: 'rows', title: 'Rows of all models', isNumber: true, cell: (target) => formatCount(target.rows) },
]
