import { useEffect, useState } from 'react'
import type { OutputOf } from '#protocol/method'
import type { Transport } from '#protocol/transport'
import { quarantineMethods, type CellEdit, type RowTarget } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { usePaused } from '../../lib/use-paused.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ChangeSample } from './change-sample.tsx'

type Preview = OutputOf<typeof quarantineMethods.preview>

interface Answer {
  readonly question: string
  readonly preview: Preview | null
  readonly error: ErrorReport | null
}

const pauseMilliseconds = 250
const shownSamples = 100

/** What edits would do, asked anew when typing pauses; the last answer stays in sight until the next is there. */
export function EditPreview({ target, edits }: { readonly target: RowTarget; readonly edits: readonly CellEdit[] }) {
  const engine = useEngine()
  const question = usePaused(JSON.stringify({ target, edits }), pauseMilliseconds)
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    let isCurrent = true
    const asked = JSON.parse(question) as { readonly target: RowTarget; readonly edits: readonly CellEdit[] }
    if (asked.edits.length === 0) return
    previewAll(engine, asked.target, asked.edits).then(
      (preview) => isCurrent && setAnswer({ question, preview, error: null }),
      (error: unknown) => isCurrent && setAnswer({ question, preview: null, error: reportOf(error) }),
    )
    return () => {
      isCurrent = false
    }
  }, [engine, question])

  if (edits.length === 0) return <p className="edit-preview soft">What it would do is shown here.</p>
  return (
    <section className="edit-preview" aria-label="Preview" aria-busy={answer?.question !== question}>
      <p role="status">{answer?.preview !== null && answer?.preview !== undefined && sentence(answer.preview)}</p>
      {answer === null && <Skeleton lines={4} label="Working out what it would do" />}
      {answer !== null && answer.error !== null && <ErrorNotice error={answer.error} />}
      {answer?.preview !== null && answer?.preview !== undefined && answer.preview.sample.length > 0 && (
        <ChangeSample sample={answer.preview.sample} />
      )}
    </section>
  )
}

/** Several edits touch different values, so that their counts add up. */
async function previewAll(engine: Transport, target: RowTarget, edits: readonly CellEdit[]): Promise<Preview> {
  const all = await Promise.all(edits.map((edit) => engine.call(quarantineMethods.preview, { target, edit })))
  const sum = (key: 'changed' | 'become_valid' | 'still_wrong') => all.reduce((total, one) => total + one[key], 0)
  return {
    rows: Math.max(...all.map(({ rows }) => rows)),
    changed: sum('changed'),
    become_valid: sum('become_valid'),
    still_wrong: sum('still_wrong'),
    sample: all.flatMap(({ sample }) => sample).slice(0, shownSamples),
  }
}

function sentence({ rows, changed, become_valid: valid, still_wrong: wrong }: Preview): string {
  return `${plural(rows, 'row')}: ${formatCount(changed)} change, ${formatCount(valid)} become valid, ${formatCount(wrong)} stay wrong`
}
