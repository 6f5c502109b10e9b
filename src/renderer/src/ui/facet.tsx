import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment, useId, useState, type FocusEvent } from 'react'
import { formatCount } from '../lib/format.ts'
import { useRemembered } from '../lib/remembered.ts'
import { Button } from './button.tsx'
import './facet.css'

export interface FacetChoice {
  readonly value: string
  readonly label: string
  readonly count: number
}

interface FacetProps {
  /** Under this key it is remembered whether it is open. */
  readonly id: string
  readonly title: string
  readonly choices: readonly FacetChoice[]
  readonly chosen: readonly string[]
  readonly isOpenAtFirst?: boolean
  onChange(chosen: readonly string[]): void
}

const shownAtFirst = 8
const shownMore = 50

/**
 * One facet: its values with counts, several of which may be chosen. A chosen value stays even when none is left of it, and goes to the
 * top once the focus has left the facet, so that nothing moves while one chooses.
 */
export function Facet({ id, title, choices, chosen, isOpenAtFirst = false, onChange }: FacetProps) {
  const [isOpen, setOpen] = useRemembered<boolean>(`facet.${id}`, isOpenAtFirst)
  const [onTop, setOnTop] = useState(chosen)
  const contentId = useId()
  const isShown = isOpen || chosen.length > 0
  const left = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOnTop(chosen)
  }
  return (
    <fieldset className="facet">
      <legend>
        <button
          type="button"
          aria-expanded={isShown}
          aria-controls={isShown ? contentId : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          {isShown ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
          {title}
        </button>
      </legend>
      {isShown && (
        <div id={contentId} onBlur={left}>
          <Choices
            title={title}
            // Folded, only what narrows the list stays in sight.
            choices={ordered(choices, chosen, onTop).filter(({ value }) => isOpen || chosen.includes(value))}
            chosen={chosen}
            onChange={onChange}
          />
        </div>
      )}
    </fieldset>
  )
}

function Choices({ title, choices, chosen, onChange }: Omit<FacetProps, 'id'>) {
  const [text, setText] = useState('')
  const [limit, setLimit] = useState(shownAtFirst)
  const found = choices.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <>
      {choices.length > shownAtFirst && (
        <input
          className="facet-search"
          type="search"
          aria-label={`Find in ${title.toLowerCase()}`}
          placeholder={`Find in ${formatCount(choices.length)}`}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {found.slice(0, limit).map(({ value, label, count }) => (
        <label key={value} className="facet-choice">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
          <span className="facet-name" title={label}>
            {/* A long name breaks between its words, where no space parts them. */}
            {label.split(/(?<=_)(?=\S{7})/).map((part, index) => (
              <Fragment key={index}>
                {index > 0 && <wbr />}
                {part}
              </Fragment>
            ))}
          </span>
          <span className="facet-count">{formatCount(count)}</span>
        </label>
      ))}
      {choices.length === 0 && <p className="soft">None</p>}
      {choices.length > 0 && found.length === 0 && <p className="soft">No value has this in it.</p>}
      {found.length > limit && (
        <Button look="quiet" onClick={() => setLimit(limit + shownMore)}>
          {formatCount(found.length - limit)} more
        </Button>
      )}
    </>
  )
}

/** Those on top first, the others by their count, as they came; what was chosen but has no rows left among them. */
function ordered(
  choices: readonly FacetChoice[],
  chosen: readonly string[],
  onTop: readonly string[],
): readonly FacetChoice[] {
  const known = new Set(choices.map(({ value }) => value))
  const gone = chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value, count: 0 }))
  const all = [...gone, ...choices]
  return [...all.filter(({ value }) => onTop.includes(value)), ...all.filter(({ value }) => !onTop.includes(value))]
}
