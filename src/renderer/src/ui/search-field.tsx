import { Search } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { keysText, useCommands, type Command } from '../lib/commands.ts'
import './search-field.css'

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  onChange(text: string): void
}

const pauseMilliseconds = 200

/** The search of a screen: `/` goes there, and the list follows once typing pauses. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const [lastValue, setLastValue] = useState(value)
  if (value !== lastValue) {
    // The address changed by itself: Back, or "Clear filters".
    setLastValue(value)
    setText(value)
  }
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => {
    if (text === value) return
    const timer = window.setTimeout(() => latest.current(text), pauseMilliseconds)
    return () => window.clearTimeout(timer)
  }, [text, value])

  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'search',
        title: label,
        section: 'Find',
        keys: '/',
        isInPalette: true,
        run: () => input.current?.select(),
      },
    ],
    [label],
  )
  useCommands(commands)

  return (
    <div className="search-field" role="search">
      <Search aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={`${label} (${keysText('/')})`}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onChange(text)
        }}
      />
    </div>
  )
}
