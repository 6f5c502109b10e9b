import { Play } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Transport } from '#protocol/transport'
import { quarantineMethods, type ReplayEffect, type RowTarget } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { runEnded } from '../../lib/run-ended.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EffectTables } from '../../ui/effect-tables.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { openDialog } from './quarantine-store.ts'
import { effectSentence, replayAndTell, doesAnythingWait } from './replay.ts'

type Outcome =
  | { readonly kind: 'building' }
  | { readonly kind: 'nothing waits' }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  | { readonly kind: 'built'; readonly effect: ReplayEffect }

/** What a replay would do to the models: built aside, shown, and thrown away unless one says to go on. */
export function EffectDialog({ target }: { readonly target: RowTarget | undefined }) {
  const engine = useEngine()
  const close = () => openDialog(null)
  // It is about the rows that were selected when it was opened.
  const [asked] = useState(target)
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'building' })
  useEffect(() => {
    let isCurrent = true
    lookAhead(engine, asked).then(
      (built) => {
        if (isCurrent) setOutcome(built)
      },
      (error: unknown) => {
        if (isCurrent) setOutcome({ kind: 'failed', error: reportOf(error) })
      },
    )
    return () => {
      isCurrent = false
    }
  }, [engine, asked])

  const replayNow = () => {
    close()
    void replayAndTell(engine, asked)
  }
  return (
    <Dialog
      title={asked === undefined ? 'Effect of replaying all that waits' : 'Effect of replaying the selected rows'}
      description="Built aside: readers and exports see nothing of it yet."
      width="widest"
      onClose={close}
    >
      <div role="status">
        {outcome.kind === 'building' && 'Building the models aside…'}
        {outcome.kind === 'nothing waits' && 'Nothing waits for a replay: correct, waive or discard rows first.'}
        {outcome.kind === 'built' && `${upperFirst(effectSentence(outcome.effect))}.`}
      </div>
      {outcome.kind === 'building' && <Skeleton lines={6} />}
      {outcome.kind === 'failed' && <ErrorNotice error={outcome.error} />}
      {outcome.kind === 'built' && <EffectTables effect={outcome.effect} />}
      <div className="dialog-actions">
        <Button onClick={close}>Not now</Button>
        <Button
          look="primary"
          icon={<Play aria-hidden="true" />}
          disabled={outcome.kind !== 'built'}
          onClick={replayNow}
        >
          Replay now
        </Button>
      </div>
    </Dialog>
  )
}

async function lookAhead(engine: Transport, target: RowTarget | undefined): Promise<Outcome> {
  if (target === undefined && !(await doesAnythingWait(engine))) return { kind: 'nothing waits' }
  const { run_id: runId } = await engine.call(quarantineMethods.replay, {
    preview: true,
    ...(target === undefined ? {} : { target }),
  })
  const run = await runEnded(engine, runId)
  if (run.error !== null) return { kind: 'failed', error: run.error }
  return { kind: 'built', effect: await engine.call(quarantineMethods.effect, { run_id: runId, limit: 200 }) }
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
