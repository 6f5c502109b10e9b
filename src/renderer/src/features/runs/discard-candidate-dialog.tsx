import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { runsMethods, type RunSummary } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { plural } from '../../lib/format.ts'
import { tell } from '../../lib/toasts.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'

/** Asks before a candidate is taken back, since that cannot be undone; a reason may be left out. */
export function DiscardCandidateDialog({ run, onClose }: { readonly run: RunSummary; onClose(): void }) {
  const engine = useEngine()
  const [reason, setReason] = useState('')
  const rows = run.rows_published === null ? '' : ` with ${plural(run.rows_published, 'row')} of all models`
  return (
    <FormDialog
      title={`Discard run ${run.run_id}`}
      description={`Its tables${rows} are taken back for good: this cannot be undone. Readers see what they see now. The same files can be run again.`}
      action="Discard candidate"
      icon={<Trash2 aria-hidden="true" />}
      onSubmit={async () => {
        await engine.call(runsMethods.discard, { run_id: run.run_id, reason })
        tell(`Run ${run.run_id} was discarded. Readers see what they saw before.`, { tone: 'info' })
      }}
      onClose={onClose}
    >
      <ReasonField
        hint="Kept with who did it and when."
        placeholder="A test delivery of the carrier"
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  )
}
