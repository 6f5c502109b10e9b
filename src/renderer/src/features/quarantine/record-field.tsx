import { CircleX, Lightbulb } from 'lucide-react'
import { useId } from 'react'
import type { RepairSuggestion } from '#features/quarantine'
import { Button } from '../../ui/button.tsx'

interface RecordFieldProps {
  readonly name: string
  readonly label: string
  /** A record as a whole takes several lines. */
  readonly isLong: boolean
  readonly text: string
  /** The cell as delivered; null where it was absent. */
  readonly delivered: string | null
  readonly badBecause: string | null
  /** What it is staged as, as a person reads it; null while that is unknown. */
  readonly becomes: string | null
  readonly suggestions: readonly RepairSuggestion[]
  onChange(text: string): void
}

/** One raw cell to type into: what is wrong with it, what it becomes, and what was likely meant. */
export function RecordField(props: RecordFieldProps) {
  const { label, isLong, text, delivered, badBecause, becomes, suggestions, onChange } = props
  const id = useId()
  const isBad = badBecause !== null
  const notes = [
    ...(isBad ? [`${id}-bad`] : []),
    ...(text === (delivered ?? '') ? [] : [`${id}-was`]),
    ...(showsBecomes(becomes, text) ? [`${id}-becomes`] : []),
  ]
  const attributes = {
    id,
    value: text,
    spellCheck: false,
    autoComplete: 'off',
    'aria-invalid': isBad,
    ...(notes.length === 0 ? {} : { 'aria-describedby': notes.join(' ') }),
    onChange: (event: { readonly target: { readonly value: string } }) => onChange(event.target.value),
  }
  return (
    <div className={isBad ? 'record-field is-bad' : 'record-field'}>
      <label htmlFor={id} title={label}>
        {label}
      </label>
      <div>
        {isLong ? <textarea className="mono" rows={4} {...attributes} /> : <input className="mono" {...attributes} />}
        {isBad && (
          <p id={`${id}-bad`} className="record-note tone-bad">
            <CircleX aria-hidden="true" />
            {badBecause}
          </p>
        )}
        {text !== (delivered ?? '') && !isLong && (
          <p id={`${id}-was`} className="record-note">
            Delivered: {delivered === null || delivered === '' ? 'empty' : <del>{delivered}</del>}
          </p>
        )}
        {showsBecomes(becomes, text) && (
          <p id={`${id}-becomes`} className="record-note">
            Becomes <strong>{becomes}</strong>
          </p>
        )}
        {suggestions
          .filter((suggestion) => suggestion.new_value !== text)
          .map((suggestion) => (
            <div key={suggestion.new_value} className="suggestion">
              <Button
                icon={<Lightbulb aria-hidden="true" />}
                aria-describedby={`${id}-why-${suggestion.kind}`}
                onClick={() => {
                  // The button goes; the focus goes to what it filled in.
                  document.getElementById(id)?.focus()
                  onChange(suggestion.new_value)
                }}
              >
                <span className="suggestion-text">
                  Use {suggestion.new_value === '' ? 'empty' : suggestion.new_value}
                </span>
              </Button>
              <span id={`${id}-why-${suggestion.kind}`} className="record-note">
                {suggestion.reason} {Math.round(suggestion.confidence * 100)} %
              </span>
            </div>
          ))}
      </div>
    </div>
  )
}

/** A value that is staged as it is typed needs no words. */
function showsBecomes(becomes: string | null, text: string): becomes is string {
  return becomes !== null && becomes !== text.trim()
}
