import { CircleX } from 'lucide-react'
import { useId, type InputHTMLAttributes, type ReactNode } from 'react'
import './field.css'

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'id'> {
  readonly label: string
  readonly hint?: string
  /** What is wrong with what stands in it; null where nothing is. */
  readonly problem?: string | null
  /** Stands to the right of the input, such as a Browse button. */
  readonly beside?: ReactNode
}

/** A labelled input, below it what is wrong with it and a hint. */
export function Field({ label, hint, problem = null, beside, ...input }: FieldProps) {
  const id = useId()
  const notes = [...(problem === null ? [] : [`${id}-problem`]), ...(hint === undefined ? [] : [`${id}-hint`])]
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-row">
        <input
          id={id}
          aria-describedby={notes.length === 0 ? undefined : notes.join(' ')}
          aria-invalid={problem === null ? undefined : true}
          spellCheck={false}
          {...input}
        />
        {beside}
      </div>
      {problem !== null && (
        <p id={`${id}-problem`} className="field-problem" role="alert">
          <CircleX aria-hidden="true" />
          {problem}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="soft">
          {hint}
        </p>
      )}
    </div>
  )
}
