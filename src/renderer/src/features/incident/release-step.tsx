import { LockKeyholeOpen } from 'lucide-react'
import { useState } from 'react'
import { runsMethods } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { hrefTo } from '../../lib/route.ts'
import { tell } from '../../lib/toasts.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import type { Incident } from './incident.ts'
import { Step } from './step.tsx'

/** Publishes the run that was blocked, if it is right after all. */
export function ReleaseStep({
  incident: { candidate_run: candidate, run, problems },
}: {
  readonly incident: Incident
}) {
  const engine = useEngine()
  const [reason, setReason] = useState('')
  const action = useAction(() => setReason(''))
  const isHeld = problems.some(({ kind, status }) => kind === 'gate' && status === 'fail')
  return (
    <Step
      title="5. Release"
      explanation="Publishes the blocked run as it is, if it turns out to be right. Who did it and why is kept with the run; one can roll back."
    >
      {candidate === null && isHeld && run !== null && (
        <p className="soft">
          Nothing was loaded, so nothing lies aside. If the delivery is right,{' '}
          <a href={hrefTo('runs', String(run.run_id))}>let it through on the page of run {run.run_id}</a>.
        </p>
      )}
      {candidate === null ? (
        !isHeld && <p>No blocked run lies aside.</p>
      ) : (
        <form
          className="incident-form"
          onSubmit={(event) => {
            event.preventDefault()
            action.start(async () => {
              await engine.call(runsMethods.release, { run_id: candidate, reason })
              tell(`Run ${candidate} is published.`)
            })
          }}
        >
          <Field
            label="Reason for the release"
            required
            maxLength={1000}
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button
            isSubmit
            icon={<LockKeyholeOpen aria-hidden="true" />}
            disabled={action.isBusy || reason.trim() === ''}
          >
            Release run {candidate}
          </Button>
        </form>
      )}
      {action.error !== null && <ErrorNotice error={action.error} />}
    </Step>
  )
}
