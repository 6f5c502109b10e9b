import { RotateCw } from 'lucide-react'
import { runsMethods, type RunDetail } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { hrefTo, navigate } from '../../lib/route.ts'
import { tellError } from '../../lib/toasts.ts'
import { useAction } from '../../lib/use-action.ts'
import { CommandButton } from '../../ui/command-button.tsx'

interface RunAgainButtonProps {
  readonly run: RunDetail
  /** Something of the run that is published waits for the next one. */
  readonly isWaiting: boolean
}

/** Runs the feeds of a run once more, as of its day: where it was not published, or not all of it. */
export function RunAgainButton({ run, isWaiting }: RunAgainButtonProps) {
  const engine = useEngine()
  const action = useAction(() => undefined)
  // A candidate is released or discarded first.
  const isUnfinished =
    !run.is_candidate &&
    !run.can_bring_back &&
    (run.status === 'blocked' || run.status === 'failed' || run.status === 'cancelled')
  const isPartial = run.is_current && isWaiting
  if (!(isUnfinished || isPartial) || run.kind !== 'feeds' || run.input === '') return null
  return (
    <CommandButton
      command={`Run again what run ${run.run_id} read`}
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
    </CommandButton>
  )
}
