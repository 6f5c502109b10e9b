import { LockKeyholeOpen, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { runsMethods, type RunSummary } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { tell, tellError } from '../../lib/toasts.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { DiscardCandidateDialog } from './discard-candidate-dialog.tsx'

/** What can be done with a run that a check blocked: publish it all the same, take it back, or, where it is set aside, look at it again. */
export function CandidateButtons({ run }: { readonly run: RunSummary }) {
  const engine = useEngine()
  const [isReleasing, setReleasing] = useState(false)
  const [isDiscarding, setDiscarding] = useState(false)
  const bringBack = () => {
    engine.call(runsMethods.inspect, { run_id: run.run_id }).then(({ previous_candidate: before }) => {
      const details = before === null ? [] : [`Run ${before} is set aside instead.`]
      tell(`Run ${run.run_id} is the candidate: its tables can be looked at. Readers see what they saw.`, { details })
    }, tellError)
  }
  return (
    <>
      {run.can_bring_back && (
        <CommandButton
          command={`Bring run ${run.run_id} back to look at it`}
          icon={<RotateCcw aria-hidden="true" />}
          title="Puts its tables beside the published ones again; a candidate there is set aside, what a broken-off run left is dropped"
          onClick={bringBack}
        >
          Bring back to look at it
        </CommandButton>
      )}
      <CommandButton
        command={`Release run ${run.run_id}`}
        icon={<LockKeyholeOpen aria-hidden="true" />}
        onClick={() => setReleasing(true)}
      >
        Release
      </CommandButton>
      <CommandButton
        command={`Discard candidate, run ${run.run_id}`}
        icon={<Trash2 aria-hidden="true" />}
        title="Takes its tables back for good"
        onClick={() => setDiscarding(true)}
      >
        Discard candidate
      </CommandButton>
      {isReleasing && <ReleaseDialog run={run} onClose={() => setReleasing(false)} />}
      {isDiscarding && <DiscardCandidateDialog run={run} onClose={() => setDiscarding(false)} />}
    </>
  )
}

function ReleaseDialog({ run, onClose }: { readonly run: RunSummary; onClose(): void }) {
  const engine = useEngine()
  return (
    <ReasonDialog
      title={`Release run ${run.run_id}`}
      description="It is published although a check or a guard stopped it. Who did it and why is kept with the run; one can roll back."
      placeholder="The amount is a real bill"
      action="Release"
      icon={<LockKeyholeOpen aria-hidden="true" />}
      onReason={async (reason) => {
        await engine.call(runsMethods.release, { run_id: run.run_id, reason })
        tell(`Run ${run.run_id} is published.`)
      }}
      onClose={onClose}
    />
  )
}
