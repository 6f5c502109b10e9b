import { RotateCw } from 'lucide-react'
import { runsMethods, type RunDetail } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { hrefTo, navigate } from '../../lib/route.ts'
import { tellError } from '../../lib/toasts.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'

/** Runs the feeds of a run that was not published once more, as of its day. */
export function RunAgainButton({ run }: { readonly run: RunDetail }) {
  const engine = useEngine()
  const action = useAction(() => undefined)
  // A candidate is released or discarded first.
  const isUnfinished =
    !run.is_candidate && (run.status === 'blocked' || run.status === 'failed' || run.status === 'cancelled')
  if (!isUnfinished || run.kind !== 'feeds' || run.input === '') return null
  return (
    <Button
      icon={<RotateCw aria-hidden="true" />}
      title={`The feeds in ${run.input}, as of ${run.as_of}`}
      disabled={action.isBusy}
      onClick={() =>
        action.start(() =>
          engine
            .call(runsMethods.start, { input: run.input, as_of: run.as_of })
            .then(({ run_id: runId }) => navigate(hrefTo('runs', String(runId))), tellError),
        )
      }
    >
      Run again
    </Button>
  )
}
