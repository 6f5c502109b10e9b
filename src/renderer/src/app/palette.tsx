import { useId, useState, type KeyboardEvent } from 'react'
import { keysText, useCommandTable, type Command } from '../lib/commands.ts'
import { Dialog } from '../ui/dialog.tsx'
import './palette.css'

/** Every command by name: type a part of it, arrows choose, Enter runs. */
export function Palette({ onClose }: { onClose(): void }) {
  const commands = useCommandTable((state) => state.commands)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const listId = useId()
  const found = commands.filter((command) => command.isInPalette && isMatch(command, text))
  const index = Math.min(chosen, found.length - 1)

  const run = (command: Command) => {
    onClose()
    // After the dialog has given the focus back, so that a command may move it.
    window.setTimeout(() => command.run())
  }
  const keyDown = (event: KeyboardEvent) => {
    const command = found[index]
    if (event.key === 'ArrowDown') setChosen(Math.min(index + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setChosen(Math.max(index - 1, 0))
    else if (event.key === 'Enter' && command !== undefined) run(command)
    else return
    event.preventDefault()
  }

  return (
    <Dialog title="Find a command" onClose={onClose}>
      <input
        role="combobox"
        aria-label="Command"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found.length === 0 ? undefined : `${listId}-${index}`}
        placeholder="Type a part of its name"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setChosen(0)
        }}
        onKeyDown={keyDown}
      />
      <div className="palette-list" role="listbox" id={listId} aria-label="Commands">
        {found.map((command, at) => (
          <div
            key={command.id}
            id={`${listId}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === index}
            ref={at === index ? scrollIntoView : undefined}
            onPointerMove={() => setChosen(at)}
            onClick={() => run(command)}
            onKeyDown={keyDown}
          >
            {command.title}
            {command.keys !== null && <kbd>{keysText(command.keys)}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="soft">No command has “{text}” in its name.</p>}
    </Dialog>
  )
}

/** The list is longer than what is seen of it, and the arrows must not leave that. */
function scrollIntoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' })
}

function isMatch(command: Command, text: string): boolean {
  const title = command.title.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => title.includes(word))
}
