import { keysText, useCommandTable, type Command } from '../lib/commands.ts'
import { Dialog } from '../ui/dialog.tsx'
import './keys-help.css'

const sections: readonly Command['section'][] = ['Go to', 'Find', 'Repair', 'Run', 'View']

const gridKeys = [
  ['↑ ↓ ← →', 'Move in a grid'],
  ['Enter', 'Open the row'],
  ['Space', 'Select the row'],
  ['Shift+↑ ↓', 'Select a range of rows'],
  ['F2', 'Edit the cell, where it can be edited'],
  ['Ctrl+C', 'Copy the selected rows, or the cell'],
] as const

/** All keys that work on the current screen. */
export function KeysHelp({ onClose }: { onClose(): void }) {
  const commands = useCommandTable((state) => state.commands)
  return (
    <Dialog title="Keys" width="wide" onClose={onClose}>
      <div className="keys-help">
        {sections.map((section) => {
          const withKeys = commands.filter((command) => command.section === section && command.keys !== null)
          if (withKeys.length === 0) return null
          return (
            <KeyList
              key={section}
              title={section}
              keys={withKeys.map((command) => [keysText(command.keys ?? ''), command.title])}
            />
          )
        })}
        <KeyList title="In grids" keys={gridKeys} />
      </div>
    </Dialog>
  )
}

function KeyList({ title, keys }: { readonly title: string; readonly keys: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
