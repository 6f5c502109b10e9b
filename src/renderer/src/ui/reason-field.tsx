import { Field } from './field.tsx'

interface ReasonFieldProps {
  readonly label?: string
  readonly hint?: string
  /** A reason as an example. */
  readonly placeholder?: string
  readonly required?: boolean
  readonly value: string
  onChange(reason: string): void
}

/** Where a person says why something is done; as long as what is kept of it. */
export function ReasonField({ label = 'Reason', onChange, ...field }: ReasonFieldProps) {
  return (
    <Field
      label={label}
      maxLength={1000}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
      {...field}
    />
  )
}
