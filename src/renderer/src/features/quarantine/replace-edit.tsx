import { useState } from 'react'
import { Field } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { EditForm, fieldOptions, type EditProps } from './edit-form.tsx'

/** A text within a field becomes another: letter for letter, or by a pattern. */
export function ReplaceEdit({ rows, columns, firstField, onClose }: EditProps) {
  const [field, setField] = useState(firstField)
  const [find, setFind] = useState('')
  const [replacement, setReplacement] = useState('')
  const [isRegex, setRegex] = useState(false)
  const [ignoreCase, setIgnoreCase] = useState(false)
  const edit = {
    kind: 'replace',
    field,
    find,
    with: replacement,
    is_regex: isRegex,
    ignore_case: ignoreCase,
  } as const
  return (
    <EditForm rows={rows} edits={find === '' || field === '' ? [] : [edit]} onClose={onClose}>
      <div className="edit-fields">
        <SelectField label="Field" options={fieldOptions(columns)} value={field} onChange={setField} />
        <Field label="Find" autoComplete="off" value={find} onChange={(event) => setFind(event.target.value)} />
        <Field
          label="Replace with"
          autoComplete="off"
          value={replacement}
          onChange={(event) => setReplacement(event.target.value)}
          {...(isRegex ? { hint: '$1 stands for what the first group found.' } : {})}
        />
      </div>
      <div className="edit-options">
        <label className="choice">
          <input type="checkbox" checked={isRegex} onChange={(event) => setRegex(event.target.checked)} />
          Regular expression
        </label>
        <label className="choice">
          <input type="checkbox" checked={ignoreCase} onChange={(event) => setIgnoreCase(event.target.checked)} />
          Ignore case
        </label>
      </div>
    </EditForm>
  )
}
