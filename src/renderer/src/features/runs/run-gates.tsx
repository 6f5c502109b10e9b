import { DoorOpen } from 'lucide-react'
import { useState } from 'react'
import { gatesMethods } from '#features/gates'
import type { RunDetail } from '#features/runs'
import type { OutputOf } from '#protocol/method'
import { useEngine } from '../../lib/engine.tsx'
import { tell } from '../../lib/toasts.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { GatesTables } from '../../ui/gates-tables.tsx'
import { LetThroughDialog } from '../../ui/let-through-dialog.tsx'
import { Section } from '../../ui/screen.tsx'

export type RunGates = OutputOf<typeof gatesMethods.ofRun>

/** What the gates said of what a run was to load; nothing for a run that no delivery came with. */
export function GatesOfRun({ run, gates }: { readonly run: RunDetail; readonly gates: RunGates }) {
  const [asked, setAsked] = useState<string | null>(null)
  if (gates.gates.length === 0) return null
  return (
    <Section title="Gates">
      {/* Where a whole delivery is held, letting one company through would load nothing. */}
      <GatesTables {...gates} isOneRun onLetThrough={isHeld(gates) ? null : setAsked} />
      {asked !== null && <LetThrough run={run} company={asked} onClose={() => setAsked(null)} />}
    </Section>
  )
}

/** Whether a gate held a delivery, so that nothing of it was loaded. */
export const isHeld = ({ gates }: RunGates) =>
  gates.some(({ status, company }) => status === 'held' && company === null)

/** Whether companies that the run holds were let through since, so that the next run shows them. */
export const isWaiting = ({ gates }: RunGates) =>
  gates.some(({ status, company, is_open: isOpen }) => status === 'held' && company !== null && !isOpen)

/** Lets through what the gates of a run hold, as long as nobody has. */
export function LetThroughButton({ run, gates }: { readonly run: RunDetail; readonly gates: RunGates }) {
  const [isOpen, setOpen] = useState(false)
  if (!gates.gates.some((gate) => gate.is_open)) return null
  return (
    <>
      <CommandButton
        command={`Let run ${run.run_id} through`}
        icon={<DoorOpen aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        Let through
      </CommandButton>
      {isOpen && <LetThrough run={run} company={null} onClose={() => setOpen(false)} />}
    </>
  )
}

interface LetThroughProps {
  readonly run: RunDetail
  /** Null for all that the run holds. */
  readonly company: string | null
  onClose(): void
}

function LetThrough({ run: { run_id: runId }, company, onClose }: LetThroughProps) {
  const engine = useEngine()
  return (
    <LetThroughDialog
      runId={runId}
      company={company}
      onLetThrough={async (reason, expected) => {
        const companies = company === null ? null : [company]
        await engine.call(gatesMethods.allow, { run_id: runId, companies, reason, expected })
        tell(`Let through: ${company === null ? 'run the same files again to load them' : 'the next run shows it'}.`)
      }}
      onClose={onClose}
    />
  )
}
