import { StepForward } from 'lucide-react'
import { runsMethods, type RunSummary } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { hrefTo, navigate } from '../../lib/route.ts'
import { tellError } from '../../lib/toasts.ts'
import { CommandButton } from '../../ui/command-button.tsx'

/** Goes on with a run that was broken off, and shows the run that does: another one, where it has to start over. */
export function ResumeButton({ run }: { readonly run: RunSummary }) {
  const engine = useEngine()
  const resume = () => {
    engine
      .call(runsMethods.resume, { run_id: run.run_id })
      .then(({ run_id: runId }) => navigate(hrefTo('runs', String(runId))), tellError)
  }
  return (
    <CommandButton
      command={`Resume run ${run.run_id}`}
      icon={<StepForward aria-hidden="true" />}
      title="Goes on where the run stopped; starts over where what it had read changed"
      onClick={resume}
    >
      Resume
    </CommandButton>
  )
}
