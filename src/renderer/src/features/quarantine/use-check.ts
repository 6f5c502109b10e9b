import { useEffect, useState } from 'react'
import type { OutputOf } from '#protocol/method'
import { quarantineMethods } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import type { Draft } from './quarantine-store.ts'

type Verdict = OutputOf<typeof quarantineMethods.check>

interface Check {
  readonly verdict: Verdict
  readonly error: ErrorReport | null
  /** The verdict is of what was typed a moment ago. */
  readonly isBehind: boolean
}

const pauseMilliseconds = 120

/** What the contract says of a row with these cells, asked anew when typing pauses; with none it is what is known already. */
export function useCheck(id: number, cells: Draft | null, known: Verdict): Check {
  const engine = useEngine()
  const question = cells === null ? null : JSON.stringify(cells)
  const [answer, setAnswer] = useState<{ readonly question: string; readonly verdict: Verdict } | null>(null)
  const [error, setError] = useState<ErrorReport | null>(null)
  useEffect(() => {
    if (question === null) return
    let isCurrent = true
    const timer = window.setTimeout(() => {
      engine.call(quarantineMethods.check, { id, cells: JSON.parse(question) as Record<string, string> }).then(
        (verdict) => {
          if (!isCurrent) return
          setError(null)
          setAnswer({ question, verdict })
        },
        (cause: unknown) => isCurrent && setError(reportOf(cause)),
      )
    }, pauseMilliseconds)
    return () => {
      isCurrent = false
      window.clearTimeout(timer)
    }
  }, [engine, id, question])
  if (question === null) return { verdict: known, error: null, isBehind: false }
  return { verdict: answer?.verdict ?? known, error, isBehind: answer?.question !== question }
}
