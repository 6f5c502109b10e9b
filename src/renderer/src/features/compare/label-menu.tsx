import { Tag, X } from 'lucide-react'
import { useEngine } from '../../lib/engine.tsx'
import { tellError } from '../../lib/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useLabelDialog } from './label-dialog-store.ts'
import { giveLabel, labelledName, type Labelled } from './label-metric.ts'
import { labels, labelWords } from './metric-words.ts'

interface LabelMenuProps {
  readonly labelled: Labelled
  /** What the button says where there is no label. */
  readonly text: string
}

/** The label that a run or a metric of it has, and the menu that gives another. */
export function LabelMenu({ labelled, text }: LabelMenuProps) {
  const engine = useEngine()
  const ask = useLabelDialog((state) => state.ask)
  const { label } = labelled
  const give = (next: Labelled['label']) => void giveLabel(engine, labelled, next).catch(tellError)
  return (
    <Menu
      button={
        <Button
          look={label === null ? 'plain' : 'quiet'}
          icon={label === null ? <Tag aria-hidden="true" /> : undefined}
          aria-label={`${label === null ? text : labelWords[label]}: ${labelledName(labelled)}`}
        >
          {label === null ? text : <StatusBadge status={label} />}
        </Button>
      }
    >
      {labels.map((one) => (
        <MenuItem key={one} onChoose={() => give(one)}>
          <StatusBadge status={one} />
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onChoose={() => ask(labelled)}>
        <Tag aria-hidden="true" />
        With a reason…
      </MenuItem>
      {label !== null && (
        <MenuItem onChoose={() => give(null)}>
          <X aria-hidden="true" />
          No label
        </MenuItem>
      )}
    </Menu>
  )
}
