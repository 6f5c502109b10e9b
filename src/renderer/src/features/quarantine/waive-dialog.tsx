import { Stamp } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../lib/engine.tsx'
import { formatDay } from '../../lib/format.ts'
import { useRemembered } from '../../lib/remembered.ts'
import { Field } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { waive } from './operations.ts'
import type { DialogRows } from './use-target.ts'

const usualDays = 30

/** Asks who answers for rows that are accepted as they are, why, and until when. */
export function WaiveDialog({ rows, onClose }: { readonly rows: DialogRows; onClose(): void }) {
  const engine = useEngine()
  const [owner, setOwner] = useRemembered<string>('waiver.owner', '')
  const [reason, setReason] = useState('')
  const [isForEver, setForEver] = useState(false)
  const [day, setDay] = useState(() => daysFromNow(usualDays))
  return (
    <FormDialog
      title={`Waive ${rows.words}`}
      description="They are accepted as they are and staged with the next replay. What cannot be typed is left alone. It can be undone."
      action="Waive"
      icon={<Stamp aria-hidden="true" />}
      isReady={owner.trim() !== '' && reason.trim() !== ''}
      onSubmit={() => waive(engine, { target: rows.target, owner, reason, expires_on: isForEver ? null : day })}
      onClose={onClose}
    >
      <Field
        label="Owner"
        hint="Who answers for it."
        required
        maxLength={200}
        autoComplete="off"
        value={owner}
        onChange={(event) => setOwner(event.target.value)}
      />
      <ReasonField required value={reason} onChange={setReason} />
      <Field
        label="Expires on"
        hint="From this day on the rows are open again."
        inputMode="numeric"
        pattern="\d{4}-\d{2}-\d{2}"
        title="A day as YYYY-MM-DD"
        placeholder="YYYY-MM-DD"
        autoComplete="off"
        required={!isForEver}
        disabled={isForEver}
        value={day}
        onChange={(event) => setDay(event.target.value)}
        beside={
          <label className="choice">
            <input type="checkbox" checked={isForEver} onChange={(event) => setForEver(event.target.checked)} />
            Never
          </label>
        }
      />
    </FormDialog>
  )
}

function daysFromNow(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  return formatDay(day)
}
