import { LockKeyholeOpen, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { runsMethods, type RunSummary } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { tell, tellError } from '../../lib/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'

/** What can be done with a run that a check blocked: publish it all the same, or take it back. */
export function CandidateButtons({ run }: { readonly run: RunSummary }) {
  const engine = useEngine()
  const [isReleasing, setReleasing] = useState(false)
  const discard = () => {
    engine
      .call(runsMethods.discard, { run_id: run.run_id })
      .then(
        () => tell(`Run ${run.run_id} was taken back. Readers see what they saw before.`, { tone: 'info' }),
        tellError,
      )
  }
  return (
    <>
      <Button icon={<LockKeyholeOpen aria-hidden="true" />} onClick={() => setReleasing(true)}>
        Release
      </Button>
      <Button icon={<Trash2 aria-hidden="true" />} title="The next run takes it back too" onClick={discard}>
        Discard candidate
      </Button>
      {isReleasing && <ReleaseDialog run={run} onClose={() => setReleasing(false)} />}
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
