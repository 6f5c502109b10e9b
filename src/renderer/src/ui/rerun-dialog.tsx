import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { splitNames } from '../lib/split-names.ts'
import { useAction } from '../lib/use-action.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNotice } from './error-notice.tsx'
import { Field } from './field.tsx'
import { SelectField } from './select-field.tsx'

/** What is built again: a model or a stage, with or without what reads it, or only a part of it. */
export interface Rerun {
  readonly model: string
  readonly descendants: boolean
  readonly companies: string[]
  readonly from: string | null
  readonly to: string | null
}

interface RerunDialogProps {
  /** The stages and models that can be chosen, at least one; a single one is no choice. */
  readonly choices: readonly { readonly value: string; readonly text: string }[]
  onRerun(rerun: Rerun): Promise<void>
  /** Reads all feeds again; absent where that is not offered. */
  onRefresh?(): Promise<void>
  onClose(): void
}

const everything = ' everything'

/** Asks from where on the pipeline is to be built again, and how much of it. */
export function RerunDialog({ choices, onRerun, onRefresh, onClose }: RerunDialogProps) {
  const [chosen, setChosen] = useState(choices[0]?.value ?? '')
  const [descendants, setDescendants] = useState(true)
  const [companies, setCompanies] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const action = useAction(onClose)
  const isRefresh = chosen === everything
  const options =
    onRefresh === undefined ? choices : [...choices, { value: everything, text: 'All feeds (full refresh)' }]
  const start = () => {
    if (isRefresh) return onRefresh?.() ?? Promise.resolve()
    return onRerun({ model: chosen, descendants, companies: splitNames(companies), from: from || null, to: to || null })
  }
  return (
    <Dialog
      title={options.length === 1 ? `Rerun from ${chosen}` : 'Rerun from here'}
      description={isRefresh ? refreshWords : rerunWords}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          action.start(start)
        }}
      >
        {options.length > 1 && <SelectField label="From" options={options} value={chosen} onChange={setChosen} />}
        {!isRefresh && (
          <>
            <label className="checkbox-label">
              <input type="checkbox" checked={descendants} onChange={(event) => setDescendants(event.target.checked)} />
              With all models that read it
            </label>
            <Field
              label="Only the companies"
              placeholder="all; otherwise separated by commas"
              autoComplete="off"
              aria-invalid={action.error?.place.field === 'companies' ? true : undefined}
              value={companies}
              onChange={(event) => setCompanies(event.target.value)}
            />
            <div className="field-pair">
              <DayField label="From day" value={from} onChange={setFrom} />
              <DayField label="To day" value={to} onChange={setTo} />
            </div>
          </>
        )}
        {action.error !== null && <ErrorNotice error={action.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" isSubmit icon={<RotateCw aria-hidden="true" />} disabled={action.isBusy}>
            Rerun from here
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const rerunWords =
  'Builds it again from the staged rows, runs the checks and publishes what comes of it. No feed is read, and rows that come out equal stay as they are.'
const refreshWords =
  'Reads everything that was ever delivered again, from what the workspace keeps, builds all models and publishes what comes of it. Takes as long as a first run.'

interface DayFieldProps {
  readonly label: string
  readonly value: string
  onChange(value: string): void
}

function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <Field
      label={label}
      placeholder="YYYY-MM-DD"
      pattern="\d{4}-\d{2}-\d{2}"
      title="A day as YYYY-MM-DD"
      inputMode="numeric"
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
