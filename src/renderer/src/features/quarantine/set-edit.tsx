import { useState } from 'react'
import { Field } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { EditForm, fieldOptions, type EditProps } from './edit-form.tsx'

/** One value for a field of every row. */
export function SetEdit({ rows, columns, firstField, onClose }: EditProps) {
  const [field, setField] = useState(firstField)
  const [value, setValue] = useState('')
  const [isEmptyMeant, setEmptyMeant] = useState(false)
  const isGiven = value !== '' || isEmptyMeant
  return (
    <EditForm rows={rows} edits={isGiven && field !== '' ? [{ kind: 'set', field, value }] : []} onClose={onClose}>
      <div className="edit-fields">
        <SelectField label="Field" options={fieldOptions(columns)} value={field} onChange={setField} />
        <Field
          label="New value"
          hint="As a feed would deliver it."
          autoComplete="off"
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </div>
      <label className="choice">
        <input
          type="checkbox"
          checked={isEmptyMeant}
          disabled={value !== ''}
          onChange={(event) => setEmptyMeant(event.target.checked)}
        />
        Make it empty
      </label>
    </EditForm>
  )
}
