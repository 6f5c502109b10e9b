import { useState } from 'react'
import { Field } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { EditForm, type EditProps } from './edit-form.tsx'

const usualConfidence = 0.8

/** Every bad cell takes its best suggestion, where that is sure enough. */
export function SuggestionsEdit({ rows, columns, onClose }: EditProps) {
  const [field, setField] = useState('')
  const [percent, setPercent] = useState(String(usualConfidence * 100))
  const confidence = Number(percent) / 100
  const isGiven = percent.trim() !== '' && confidence >= 0 && confidence <= 1
  const edit = { kind: 'suggestions', min_confidence: confidence, ...(field === '' ? {} : { field }) } as const
  return (
    <EditForm rows={rows} edits={isGiven ? [edit] : []} onClose={onClose}>
      <div className="edit-fields">
        <SelectField
          label="Field"
          options={[{ value: '', text: 'Every field' }, ...columns.map((column) => ({ value: column, text: column }))]}
          value={field}
          onChange={setField}
        />
        <Field
          label="Least confidence, %"
          hint="Cells whose best suggestion is less sure stay as they are."
          type="number"
          min={0}
          max={100}
          step={5}
          value={percent}
          onChange={(event) => setPercent(event.target.value)}
          beside={
            <input
              type="range"
              aria-label="Least confidence, by slider"
              min={0}
              max={100}
              step={5}
              value={isGiven ? percent : '80'}
              onChange={(event) => setPercent(event.target.value)}
            />
          }
        />
      </div>
    </EditForm>
  )
}
