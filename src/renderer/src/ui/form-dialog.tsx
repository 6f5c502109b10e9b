import type { ReactNode } from 'react'
import { useAction } from '../lib/use-action.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNotice } from './error-notice.tsx'

interface FormDialogProps {
  readonly title: string
  readonly description?: string
  /** What the button that does it says. */
  readonly action: string
  readonly icon?: ReactNode
  /** Whether all is there that is needed to do it. */
  readonly isReady?: boolean
  /** The fields. */
  readonly children: ReactNode
  onSubmit(): Promise<void>
  onClose(): void
}

/** Asks for what is needed to do one thing; closes once it is done, or says why it is not. */
export function FormDialog({ action, icon, isReady = true, children, onSubmit, ...dialog }: FormDialogProps) {
  const doing = useAction(dialog.onClose)
  return (
    <Dialog {...dialog}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          doing.start(onSubmit)
        }}
      >
        {children}
        {doing.error !== null && <ErrorNotice error={doing.error} />}
        <div className="dialog-actions">
          <Button onClick={dialog.onClose}>Not now</Button>
          <Button look="primary" isSubmit icon={icon} disabled={doing.isBusy || !isReady}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
