import { Tag } from 'lucide-react'
import { useState } from 'react'
import type { RunLabel } from '#features/compare'
import { useEngine } from '../../lib/engine.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
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
  const [choice, setChoice] = useState<Choice>(labelled.label ?? 'expected')
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title="Label"
      description={labelledName(labelled)}
      action="Set the label"
      icon={<Tag aria-hidden="true" />}
      onSubmit={() => giveLabel(engine, labelled, choice === 'none' ? null : choice, reason.trim())}
      onClose={onClose}
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
      <ReasonField placeholder="a new carrier since January" value={reason} onChange={setReason} />
    </FormDialog>
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
