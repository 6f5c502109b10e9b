import { useId, type InputHTMLAttributes, type ReactNode } from 'react'
import './field.css'

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'id'> {
  readonly label: string
  readonly hint?: string
  /** Stands to the right of the input, such as a Browse button. */
  readonly beside?: ReactNode
}

/** A labelled input with a hint below it. */
export function Field({ label, hint, beside, ...input }: FieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-row">
        <input id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} spellCheck={false} {...input} />
        {beside}
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="soft">
          {hint}
        </p>
      )}
    </div>
  )
}
