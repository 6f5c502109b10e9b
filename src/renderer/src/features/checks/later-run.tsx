import type { LaterRun } from '#features/checks'
import { formatCount, plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'

interface LaterRunNoteProps {
  readonly later: LaterRun
  /** The check whose page this is; null on the page of all checks. */
  readonly check: string | null
}

/** That the latest run is another one than readers see, why, and the way to what its checks found. */
export function LaterRunNote({ later, check }: LaterRunNoteProps) {
  const { run_id: runId, status, checks, failed, message } = later
  const run = <a href={hrefTo('runs', String(runId))}>run {runId}</a>
  const look = (
    <a href={hrefTo('checks', check, { run: String(runId) })}>
      {check === null ? `Checks of run ${runId}` : `This check in run ${runId}`}
    </a>
  )
  if (status === 'published')
    return (
      <p className="checks-later">
        The latest, {run}, was published, and readers were taken back from it. {look}
      </p>
    )
  if (checks === 0)
    return (
      <p className="checks-later" role="status">
        <StatusBadge status={status} /> The latest, {run}, ended before its checks: {message}
      </p>
    )
  if (failed === 0)
    return (
      <p className="checks-later" role="status">
        <StatusBadge status={status} /> The latest, {run}, is not published, though its checks passed. {look}
      </p>
    )
  return (
    <p className="checks-later" role="status">
      <StatusBadge status="fail" word={`${formatCount(failed)} of ${plural(checks, 'check')} failed`} /> in the latest,{' '}
      {run}, which is not published. {look}
    </p>
  )
}
