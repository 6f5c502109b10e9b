import { History } from 'lucide-react'
import { useState } from 'react'
import { runsMethods, type RunSummary } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { formatInstant } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { tell } from '../../lib/toasts.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
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
  const action = useAction(onClose)
  const runId = Number(to)
  const word = runId > current.run_id ? 'Roll forward' : 'Roll back'
  return (
    <Dialog
      title={word}
      description={`Readers and exports see run ${current.run_id} now. Marts, staged rows, the quarantine and the effects of corrections change together; what people decided is kept. It can be taken back until the next run starts.`}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          action.start(async () => {
            await engine.call(runsMethods.rollback, { run_id: runId, reason })
            tell(`Readers see run ${to} now.`, { link: { href: hrefTo('runs', to), text: `Run ${to}` } })
          })
        }}
      >
        <SelectField
          label="Run"
          options={targets.map((run) => ({
            value: String(run.run_id),
            text: `Run ${run.run_id}, as of ${run.as_of}, ${formatInstant(run.started_at)}`,
          }))}
          value={to}
          onChange={setTo}
        />
        <Field
          label="Reason"
          placeholder="Claims were delivered twice"
          maxLength={1000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {action.error !== null && <ErrorNotice error={action.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" isSubmit icon={<History aria-hidden="true" />} disabled={action.isBusy}>
            {word}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
