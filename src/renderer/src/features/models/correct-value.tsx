import { Pencil, Save } from 'lucide-react'
import { useState } from 'react'
import type { OutputOf } from '#protocol/method'
import type { modelsMethods } from '#features/models'
import { quarantineMethods } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { hrefTo } from '../../lib/route.ts'
import { tell } from '../../lib/toasts.ts'
import { usePaused } from '../../lib/use-paused.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { SelectField } from '../../ui/select-field.tsx'

type StagedRecord = OutputOf<typeof modelsMethods.record>

/** How long typing must pause before what was typed is checked. */
const pauseMilliseconds = 120

/** A value may be valid and still wrong: corrects a cell of a staged record; a replay brings that to the models. */
export function CorrectValue({ record }: { readonly record: StagedRecord }) {
  const [isOpen, setOpen] = useState(false)
  if (Object.keys(record.cells ?? {}).length === 0) return null
  return (
    <>
      <Button icon={<Pencil aria-hidden="true" />} onClick={() => setOpen(true)}>
        Correct a value
      </Button>
      {isOpen && <CorrectDialog record={record} onClose={() => setOpen(false)} />}
    </>
  )
}

function CorrectDialog({ record, onClose }: { readonly record: StagedRecord; onClose(): void }) {
  const engine = useEngine()
  const cells = record.cells ?? {}
  const names = Object.keys(cells)
  const [field, setField] = useState(names[0] ?? '')
  const [text, setText] = useState(cells[names[0] ?? ''] ?? '')
  const [reason, setReason] = useState('')
  const paused = usePaused(text, pauseMilliseconds)
  const { data: verdict } = useQuery(
    quarantineMethods.check,
    { id: record.arrival, cells: { [field]: paused } },
    { keepPrevious: true },
  )
  const isChanged = text.trim() !== (cells[field] ?? '').trim()
  const wrong = verdict?.reasons.filter(({ severity }) => severity === 'error') ?? []

  return (
    <FormDialog
      title={`Correct a value of ${record.row_id}`}
      action="Save correction"
      icon={<Save aria-hidden="true" />}
      isReady={isChanged}
      onSubmit={async () => {
        await engine.call(quarantineMethods.correct, {
          target: { ids: [record.arrival] },
          edit: { kind: 'cells', cells: { [field]: text } },
          reason,
        })
        tell(`${field} of ${record.row_id} is corrected; a replay brings it to the models.`, {
          tone: 'good',
          link: { href: hrefTo('quarantine', 'history'), text: 'History' },
        })
      }}
      onClose={onClose}
    >
      <SelectField
        label="Column"
        value={field}
        options={names.map((name) => ({ value: name, text: name }))}
        onChange={(name) => {
          setField(name)
          setText(cells[name] ?? '')
        }}
      />
      <Field
        label="Value"
        hint={`Delivered: ${cells[field] ?? 'empty'}. Kept for as long as the source delivers that.`}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ReasonField value={reason} onChange={setReason} />
      <p role="status" className="soft">
        {isChanged && wrong.length > 0
          ? `So it would be held back: ${wrong.map(({ message }) => message).join(' ')}`
          : ''}
      </p>
    </FormDialog>
  )
}
