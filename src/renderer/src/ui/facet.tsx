import { useState } from 'react'
import { Button } from './button.tsx'
import { formatCount } from '../lib/format.ts'
import './facet.css'

export interface FacetChoice {
  readonly value: string
  readonly label: string
  readonly count: number
}

interface FacetProps {
  readonly title: string
  readonly choices: readonly FacetChoice[]
  readonly chosen: readonly string[]
  onChange(chosen: readonly string[]): void
}

const shownAtFirst = 12

/** One facet: its values with counts, several of which may be chosen. A chosen value stays even when none is left of it. */
export function Facet({ title, choices, chosen, onChange }: FacetProps) {
  const [isWhole, setWhole] = useState(false)
  const known = new Set(choices.map((choice) => choice.value))
  const gone = chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value, count: 0 }))
  const all = [...gone, ...choices]
  const shown = isWhole ? all : all.slice(0, shownAtFirst)
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <fieldset className="facet">
      <legend>{title}</legend>
      {shown.map((choice) => (
        <label key={choice.value} className="facet-choice">
          <input type="checkbox" checked={chosen.includes(choice.value)} onChange={() => toggle(choice.value)} />
          <span className="facet-name" title={choice.label}>
            {choice.label}
          </span>
          <span className="facet-count">{formatCount(choice.count)}</span>
        </label>
      ))}
      {all.length === 0 && <p className="soft">None</p>}
      {all.length > shownAtFirst && (
        <Button look="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show all ${formatCount(all.length)}`}
        </Button>
      )}
    </fieldset>
  )
}
