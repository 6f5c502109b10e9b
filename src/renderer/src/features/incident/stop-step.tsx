import { Square } from 'lucide-react'
import { runsMethods } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { tell } from '../../lib/toasts.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import type { Incident } from './incident.ts'
import { Step } from './step.tsx'

/** Ends the run that is going on. */
export function StopStep({ incident: { running_run: running } }: { readonly incident: Incident }) {
  const engine = useEngine()
  const action = useAction(() => undefined)
  const stop = (runId: number) =>
    action.start(async () => {
      await engine.call(runsMethods.cancel, { run_id: runId })
      tell(`Run ${runId} was stopped. Nothing of it was published.`, { tone: 'info' })
    })
  return (
    <Step
      title="1. Stop"
      explanation="Ends the run that is going on at once. What was published before stays as it is. Assay starts no run by itself: pause what starts them on a schedule."
    >
      {running === null ? (
        <p>No run is going on.</p>
      ) : (
        <p>
          Run {running} is going on.{' '}
          <Button
            icon={<Square aria-hidden="true" />}
            aria-label={`Stop run ${running}`}
            disabled={action.isBusy}
            onClick={() => stop(running)}
          >
            Stop
          </Button>
        </p>
      )}
      {action.error !== null && <ErrorNotice error={action.error} />}
    </Step>
  )
}
