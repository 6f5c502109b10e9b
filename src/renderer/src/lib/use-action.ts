import { useState } from 'react'
import { reportOf, type ErrorReport } from './error-report.ts'

interface Action {
  readonly isBusy: boolean
  readonly error: ErrorReport | null
  /** Does it once; the outcome of a failure is in `error`. */
  start(work: () => Promise<void>): void
}

/** One thing that a dialog does: whether it is at it, and why it failed. */
export function useAction(onDone: () => void): Action {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorReport | null>(null)
  return {
    isBusy,
    error,
    start(work) {
      setBusy(true)
      setError(null)
      work()
        .finally(() => setBusy(false))
        .then(onDone, (cause: unknown) => setError(reportOf(cause)))
    },
  }
}
