import { Tag } from 'lucide-react'
import { useState } from 'react'
import type { RunLabel } from '#features/compare'
import { useEngine } from '../../lib/engine.tsx'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import { giveLabel, labelledName, type Labelled } from './label-metric.ts'
import { labelMeanings, labels, labelWords } from './metric-words.ts'
import './label-dialog.css'

type Choice = RunLabel | 'none'

interface LabelDialogProps {
  readonly labelled: Labelled
  onClose(): void
}

/** Gives a label with its meaning beside it, and a reason for those who come later. */
export function LabelDialog({ labelled, onClose }: LabelDialogProps) {
  const engine = useEngine()
  const action = useAction(onClose)
  const [choice, setChoice] = useState<Choice>(labelled.label ?? 'expected')
  const [reason, setReason] = useState('')
  return (
    <Dialog title="Label" description={labelledName(labelled)} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          action.start(() => giveLabel(engine, labelled, choice === 'none' ? null : choice, reason.trim()))
        }}
      >
        <fieldset className="label-choices">
          <legend className="visually-hidden">Label</legend>
          {choices.map(({ value, word, meaning }) => (
            <label key={value}>
              <input type="radio" name="label" checked={choice === value} onChange={() => setChoice(value)} />
              <strong>{word}.</strong>
              <span className="soft">{meaning}</span>
            </label>
          ))}
        </fieldset>
        <Field
          label="Reason"
          placeholder="a new carrier since January"
          maxLength={1000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {action.error !== null && <ErrorNotice error={action.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" isSubmit icon={<Tag aria-hidden="true" />} disabled={action.isBusy}>
            Set the label
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const choices: readonly { readonly value: Choice; readonly word: string; readonly meaning: string }[] = [
  ...labels.map((value) => ({
    value,
    word: labelWords[value],
    meaning: labelMeanings[value],
  })),
  { value: 'none', word: 'No label', meaning: 'History alone decides.' },
]
