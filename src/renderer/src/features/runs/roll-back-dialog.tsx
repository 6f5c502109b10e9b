import { History } from 'lucide-react'
import { useState } from 'react'
import { runsMethods, type RunSummary } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { formatInstant } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { tell } from '../../lib/toasts.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { SelectField } from '../../ui/select-field.tsx'

interface RollBackDialogProps {
  readonly current: RunSummary
  /** The runs that readers may be given, newest first; at least one. */
  readonly targets: readonly RunSummary[]
  onClose(): void
}

/** Asks to which run, and why, and gives readers that run. */
export function RollBackDialog({ current, targets, onClose }: RollBackDialogProps) {
  const engine = useEngine()
  const before = targets.find((run) => run.run_id < current.run_id) ?? targets[0]
  const [to, setTo] = useState(String(before?.run_id ?? ''))
  const [reason, setReason] = useState('')
  const runId = Number(to)
  const isSetAside = targets.find((run) => run.run_id === runId)?.is_set_aside === true
  const word = runId > current.run_id ? 'Roll forward' : 'Roll back'
  return (
    <FormDialog
      title={word}
      description={`Readers and exports see run ${current.run_id} now. Marts, staged rows, the quarantine and the effects of corrections change together; what people decided is kept. It can be taken back until another run is published.${isSetAside ? ' A candidate is set aside; what other runs have left since is dropped.' : ''}`}
      action={word}
      icon={<History aria-hidden="true" />}
      onSubmit={async () => {
        await engine.call(runsMethods.rollback, { run_id: runId, reason })
        tell(`Readers see run ${to} now.`, { link: { href: hrefTo('runs', to), text: `Run ${to}` } })
      }}
      onClose={onClose}
    >
      <SelectField
        label="Run"
        options={targets.map((run) => ({
          value: String(run.run_id),
          text: `Run ${run.run_id}, as of ${run.as_of}, started ${formatInstant(run.started_at)}`,
        }))}
        value={to}
        onChange={setTo}
      />
      <ReasonField
        placeholder={word === 'Roll back' ? 'Claims were delivered twice' : 'The delivery was right after all'}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  )
}
