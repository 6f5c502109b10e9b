import { useState } from 'react'
import { FormDialog } from './form-dialog.tsx'
import { ReasonField } from './reason-field.tsx'
import { SelectField } from './select-field.tsx'

interface LetThroughDialogProps {
  readonly runId: number
  /** Null for all that the run holds. */
  readonly company: string | null
  /** `isExpected`: the gates are to learn from it. */
  onLetThrough(reason: string, isExpected: boolean): Promise<void>
  onClose(): void
}

/** Asks why what a run held is let through, and whether the gates are to learn from it. */
export function LetThroughDialog({ runId, company, onLetThrough, onClose }: LetThroughDialogProps) {
  const [reason, setReason] = useState('')
  const [expected, setExpected] = useState('once')
  return (
    <FormDialog
      title={company === null ? `Let run ${runId} through` : `Let ${company} through`}
      description="The next run of the same files passes the gates that held them, and shows the companies that they held. Who said so, when and why is recorded."
      action="Let through"
      isReady={reason.trim() !== ''}
      onSubmit={() => onLetThrough(reason, expected === 'level')}
      onClose={onClose}
    >
      <ReasonField placeholder="A company joined" required value={reason} onChange={setReason} />
      <SelectField
        label="From now on"
        options={[
          { value: 'once', text: 'It was this once: the gates learn nothing from it' },
          { value: 'level', text: 'It is to be expected: the gates learn from it' },
        ]}
        value={expected}
        onChange={setExpected}
      />
    </FormDialog>
  )
}
