import { LockKeyholeOpen } from 'lucide-react'
import { useState } from 'react'
import { runsMethods } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { hrefTo } from '../../lib/route.ts'
import { someNames } from '../../lib/some-names.ts'
import { tell } from '../../lib/toasts.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import type { Incident } from './incident.ts'
import { Step } from './step.tsx'

/** Publishes the run that was blocked, if it is right after all. */
export function ReleaseStep({
  incident: { candidate_run: candidate, set_aside_runs: setAside, run, problems, held },
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
          Nothing was loaded, so there is nothing to release. If the delivery is right,{' '}
          <a href={hrefTo('runs', String(run.run_id))}>let it through on the page of run {run.run_id}</a>.
        </p>
      )}
      {held !== null && (
        <p className="soft">
          Gates hold back {someNames(held.companies)}: readers see of {held.companies.length === 1 ? 'it' : 'them'} what
          they saw before. If what was delivered is right,{' '}
          <a href={hrefTo('runs', String(held.run_id))}>let it through on the page of run {held.run_id}</a>.
        </p>
      )}
      {candidate === null ? (
        !isHeld && setAside.length === 0 && <p>No blocked run can be released.</p>
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
          <ReasonField label="Reason for the release" required value={reason} onChange={setReason} />
          <Button
            isSubmit
            icon={<LockKeyholeOpen aria-hidden="true" />}
            disabled={action.isBusy || reason.trim() === ''}
          >
            Release run {candidate}
          </Button>
        </form>
      )}
      {setAside.map((other) => (
        <p key={other} className="soft">
          Run {other} was blocked and is set aside:{' '}
          <a href={hrefTo('runs', String(other))}>look at it, release or discard it on the page of run {other}</a>.
        </p>
      ))}
      {action.error !== null && <ErrorNotice error={action.error} />}
    </Step>
  )
}
