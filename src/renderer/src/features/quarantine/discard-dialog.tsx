import { Trash2 } from 'lucide-react'
import { useEngine } from '../../lib/engine.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { discard } from './operations.ts'
import type { DialogRows } from './use-target.ts'

/** Asks why rows are to be left out on purpose. */
export function DiscardDialog({ rows, onClose }: { readonly rows: DialogRows; onClose(): void }) {
  const engine = useEngine()
  return (
    <ReasonDialog
      title={`Discard ${rows.words}`}
      description="They are left out on purpose and no longer count as held back. It can be undone."
      placeholder="Test records of the carrier"
      action="Discard"
      icon={<Trash2 aria-hidden="true" />}
      onReason={(reason) => discard(engine, { target: rows.target, reason })}
      onClose={onClose}
    />
  )
}
