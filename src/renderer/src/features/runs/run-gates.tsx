import { DoorOpen } from 'lucide-react'
import { useState } from 'react'
import { gatesMethods } from '#features/gates'
import type { RunDetail } from '#features/runs'
import type { OutputOf } from '#protocol/method'
import { useEngine } from '../../lib/engine.tsx'
import { tell } from '../../lib/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { GatesTables } from '../../ui/gates-tables.tsx'
import { LetThroughDialog } from '../../ui/let-through-dialog.tsx'
import { Section } from '../../ui/screen.tsx'

export type RunGates = OutputOf<typeof gatesMethods.ofRun>

/** What the gates said of what a run was to load; nothing for a run that no delivery came with. */
export function GatesOfRun({ gates }: { readonly gates: RunGates }) {
  if (gates.gates.length === 0) return null
  return (
    <Section title="Gates">
      <GatesTables {...gates} isOneRun />
    </Section>
  )
}

export const isHeld = ({ gates }: RunGates) => gates.some(({ status }) => status === 'held')

/** Lets through what the gates of a run hold, as long as nobody has. */
export function LetThroughButton({ run, gates }: { readonly run: RunDetail; readonly gates: RunGates }) {
  const engine = useEngine()
  const [isOpen, setOpen] = useState(false)
  if (!isHeld(gates) || gates.overrides.length > 0) return null
  return (
    <>
      <Button icon={<DoorOpen aria-hidden="true" />} onClick={() => setOpen(true)}>
        Let through
      </Button>
      {isOpen && (
        <LetThroughDialog
          runId={run.run_id}
          onLetThrough={async (reason, expected) => {
            await engine.call(gatesMethods.allow, { run_id: run.run_id, reason, expected })
            tell('Let through: run the same files again to load them.')
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
