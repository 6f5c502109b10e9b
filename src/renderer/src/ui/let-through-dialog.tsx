import { useState } from 'react'
import { useAction } from '../lib/use-action.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNotice } from './error-notice.tsx'
import { Field } from './field.tsx'
import { SelectField } from './select-field.tsx'

interface LetThroughDialogProps {
  readonly runId: number
  /** `isExpected`: the gates are to learn from it. */
  onLetThrough(reason: string, isExpected: boolean): Promise<void>
  onClose(): void
}

/** Asks why what a run held is let through, and whether the gates are to learn from it. */
export function LetThroughDialog({ runId, onLetThrough, onClose }: LetThroughDialogProps) {
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
          action.start(() => onLetThrough(reason, expected === 'level'))
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
