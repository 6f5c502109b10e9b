import { Save } from 'lucide-react'
import { useRef, useState } from 'react'
import type { OutputOf } from '#protocol/method'
import type { quarantineMethods } from '#features/quarantine'
import { keysText } from '../../lib/commands.ts'
import { useEngine } from '../../lib/engine.tsx'
import { plural } from '../../lib/format.ts'
import { tell, tellError } from '../../lib/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { correct } from './operations.ts'
import { keepDraft, useQuarantineStore, type Draft } from './quarantine-store.ts'
import { badFields } from './reasons.ts'
import { RecordField } from './record-field.tsx'
import { useCheck } from './use-check.ts'
import { useForgetting, useFormFocus, useSaveCommand } from './use-record-form.ts'
import './record-form.css'

type Detail = OutputOf<typeof quarantineMethods.show>

/** Stands for the record as a whole, where it could not be parsed into cells. */
const wholeRecord = 'row'

const noDraft: Draft = {}

/** The record as a form of raw cells: what is typed is checked at once, and kept as a correction when it is saved. */
export function RecordForm({ row }: { readonly row: Detail }) {
  const engine = useEngine()
  const form = useRef<HTMLFormElement>(null)
  const [reason, setReason] = useState('')
  const [hasReason, setHasReason] = useState(false)
  const forget = useForgetting(row)
  const draft = useQuarantineStore((state) => state.drafts[row.id] ?? noDraft)
  const isWhole = Object.keys(row.cells).length === 0
  // A reason may be about a cell that was not delivered at all.
  const columns = new Set([...Object.keys(row.cells), ...row.reasons.map(({ field }) => field)])
  const names = isWhole ? [wholeRecord] : [...columns]
  const corrected = new Map(row.corrections.map(({ field, new_value: value }) => [field, value]))
  const savedText = (name: string) => corrected.get(name) ?? (name === wholeRecord ? row.raw : (row.cells[name] ?? ''))
  const changed = Object.fromEntries(Object.entries(draft).filter(([name, text]) => text !== savedText(name)))
  const isChanged = Object.keys(changed).length > 0
  const { verdict, error, isBehind } = useCheck(
    row.id,
    isChanged ? { ...Object.fromEntries(corrected), ...changed } : null,
    row.now,
  )
  const bad = badFields(verdict.reasons)
  useFormFocus(row.id, form)

  const save = async () => {
    if (!isChanged) {
      tell('Nothing is changed in the form yet.', { tone: 'info' })
      return
    }
    try {
      await correct(engine, { target: { ids: [row.id] }, edit: { kind: 'cells', cells: changed }, reason })
      forget(row)
      setReason('')
    } catch (cause) {
      tellError(cause)
    }
  }
  useSaveCommand(() => void save())

  return (
    <form
      className="record-form"
      ref={form}
      {...(isChanged ? {} : { 'data-unchanged': '' })}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {names.map((name) => (
        <RecordField
          key={name}
          name={name}
          label={name === wholeRecord ? 'Raw record' : name}
          isLong={name === wholeRecord}
          text={draft[name] ?? savedText(name)}
          delivered={name === wholeRecord ? row.raw : (row.cells[name] ?? null)}
          badBecause={bad.get(name) ?? (isWhole ? (verdict.reasons[0]?.message ?? null) : null)}
          becomes={verdict.typed.find(({ column }) => column === name)?.value ?? null}
          suggestions={row.suggestions.filter(({ field }) => field === name)}
          onChange={(text) => keepDraft(row.id, { ...draft, [name]: text })}
        />
      ))}
      {error !== null && <ErrorNotice error={error} />}
      <div className="record-foot">
        <p role="status" aria-busy={isBehind}>
          {verdict.is_valid ? (
            <StatusBadge status="done" word={isChanged ? 'Valid so' : 'Valid'} />
          ) : (
            <StatusBadge status="fail" word={wrongWords(verdict.reasons)} />
          )}
        </p>
        {hasReason && <ReasonField hint="Kept with the correction." value={reason} onChange={setReason} />}
        <div className="record-actions">
          <Button
            look="primary"
            isSubmit
            icon={<Save aria-hidden="true" />}
            aria-disabled={!isChanged}
            title={`Keep it as a correction (${keysText('Mod+Enter')})`}
          >
            Save correction
          </Button>
          {isChanged && <Button onClick={() => keepDraft(row.id, null)}>Revert</Button>}
          <Button look="quiet" aria-expanded={hasReason} onClick={() => setHasReason(!hasReason)}>
            Reason
          </Button>
        </div>
      </div>
    </form>
  )
}

function wrongWords(reasons: Detail['reasons']): string {
  const errors = reasons.filter(({ severity }) => severity === 'error').length
  return `${plural(Math.max(1, errors), 'thing is', 'things are')} still wrong`
}
