import { useState, type ReactNode } from 'react'
import { useAction } from '../lib/use-action.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNotice } from './error-notice.tsx'
import { Field } from './field.tsx'

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
export function ReasonDialog({ title, description, placeholder, action, icon, onReason, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  const doing = useAction(onClose)
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          doing.start(() => onReason(reason))
        }}
      >
        <Field
          label="Reason"
          placeholder={placeholder}
          required
          maxLength={1000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {doing.error !== null && <ErrorNotice error={doing.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" isSubmit icon={icon} disabled={doing.isBusy || reason.trim() === ''}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
