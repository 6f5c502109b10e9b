import { useState, type ReactNode } from 'react'
import { FormDialog } from './form-dialog.tsx'
import { ReasonField } from './reason-field.tsx'

interface ReasonDialogProps {
  readonly title: string
  readonly description: string
  /** A reason as an example. */
  readonly placeholder: string
  /** What the button that does it says. */
  readonly action: string
  readonly icon: ReactNode
  onReason(reason: string): Promise<void>
  onClose(): void
}

/** Asks why something is done, and does it only with a reason. */
export function ReasonDialog({ placeholder, onReason, ...dialog }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <FormDialog {...dialog} isReady={reason.trim() !== ''} onSubmit={() => onReason(reason)}>
      <ReasonField placeholder={placeholder} required value={reason} onChange={setReason} />
    </FormDialog>
  )
}
