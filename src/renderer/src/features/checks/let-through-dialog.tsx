import { useState } from 'react'
import { gatesMethods } from '#features/gates'
import { useEngine } from '../../lib/engine.tsx'
import { tell } from '../../lib/toasts.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select-field.tsx'

interface LetThroughDialogProps {
  readonly runId: number
  onClose(): void
}

/** Asks why what a run held is let through, and whether the gates are to learn from it. */
export function LetThroughDialog({ runId, onClose }: LetThroughDialogProps) {
  const engine = useEngine()
  const [reason, setReason] = useState('')
  const [expected, setExpected] = useState('once')
  const action = useAction(onClose)
  return (
    <Dialog
      title={`Let run ${runId} through`}
      description="The next run of the same files passes the gates that held them. Who said so, when and why is recorded."
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          action.start(async () => {
            await engine.call(gatesMethods.allow, { run_id: runId, reason, expected: expected === 'level' })
            tell('Let through: run the same files again to load them.')
          })
        }}
      >
        <Field
          label="Reason"
          placeholder="A company joined"
          required
          maxLength={1000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <SelectField
          label="From now on"
          options={[
            { value: 'once', text: 'It was this once: the gates learn nothing from it' },
            { value: 'level', text: 'It is to be expected: the gates learn from it' },
          ]}
          value={expected}
          onChange={setExpected}
        />
        {action.error !== null && <ErrorNotice error={action.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" isSubmit disabled={action.isBusy || reason.trim() === ''}>
            Let through
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
