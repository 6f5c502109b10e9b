import { PencilLine } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CellEdit } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { EditPreview } from './edit-preview.tsx'
import { correct } from './operations.ts'
import { useAction } from '../../lib/use-action.ts'
import type { DialogRows } from './use-target.ts'

/** What each way of editing is given. */
export interface EditProps {
  readonly rows: DialogRows
  readonly columns: readonly string[]
  readonly firstField: string
  onClose(): void
}

interface EditFormProps {
  readonly rows: DialogRows
  /** Each becomes an operation of its own; none while something is missing. */
  readonly edits: readonly CellEdit[]
  onClose(): void
  /** What is asked for. */
  readonly children: ReactNode
}

/** What one way of editing asks for, what it would do, and Apply. */
export function EditForm({ rows, edits, onClose, children }: EditFormProps) {
  const engine = useEngine()
  const action = useAction(onClose)
  const apply = async () => {
    for (const edit of edits) await correct(engine, { target: rows.target, edit })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (edits.length > 0) action.start(apply)
      }}
    >
      {children}
      <EditPreview target={rows.target} edits={edits} />
      {action.error !== null && <ErrorNotice error={action.error} />}
      <div className="dialog-actions">
        <span role="status" className="edit-busy soft">
          {action.isBusy && 'Correcting…'}
        </span>
        <Button onClick={onClose}>Not now</Button>
        <Button
          look="primary"
          isSubmit
          icon={<PencilLine aria-hidden="true" />}
          disabled={action.isBusy || edits.length === 0}
        >
          Apply
        </Button>
      </div>
    </form>
  )
}

/** The columns as options of a choice. */
export function fieldOptions(columns: readonly string[]) {
  return columns.map((column) => ({ value: column, text: column }))
}
