import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../lib/engine.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import { discard } from './operations.ts'
import { useAction } from '../../lib/use-action.ts'
import type { DialogRows } from './use-target.ts'

/** Asks why rows are to be left out on purpose. */
export function DiscardDialog({ rows, onClose }: { readonly rows: DialogRows; onClose(): void }) {
  const engine = useEngine()
  const [reason, setReason] = useState('')
  const action = useAction(onClose)
  return (
    <Dialog
      title={`Discard ${rows.words}`}
      description="They are left out on purpose and no longer count as held back. It can be undone."
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          action.start(() => discard(engine, { target: rows.target, reason }))
        }}
      >
        <Field
          label="Reason"
          placeholder="Test records of the carrier"
          required
          maxLength={1000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {action.error !== null && <ErrorNotice error={action.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Not now</Button>
          <Button
            look="primary"
            isSubmit
            icon={<Trash2 aria-hidden="true" />}
            disabled={action.isBusy || reason.trim() === ''}
          >
            Discard
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
