import { useEffect, useState } from 'react'
import { rowdiffMethods, type RowdiffStanding } from '#features/rowdiff'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import type { Pair } from './pair-in-address.ts'

interface Rowdiff {
  /** Null until it has begun. */
  readonly id: string | null
  readonly standing: RowdiffStanding | null
  readonly error: ErrorReport | null
  /** Ends it before it is done. */
  cancel(): void
  readonly isCancelled: boolean
  /** Begins anew after a cancel or a failure. */
  restart(): void
}

const pollMilliseconds = 300

/** Compares the rows of a relation in two runs: begins when first shown, and tells how far it is. */
export function useRowdiff(model: string, { a, b }: Pair): Rowdiff {
  const engine = useEngine()
  const [turn, setTurn] = useState(0)
  const [id, setId] = useState<string | null>(null)
  const [standing, setStanding] = useState<RowdiffStanding | null>(null)
  const [error, setError] = useState<ErrorReport | null>(null)
  const [isCancelled, setCancelled] = useState(false)

  useEffect(() => {
    let timer = 0
    let isCurrent = true
    const ask = async (asked: string) => {
      const answer = await engine.call(rowdiffMethods.summary, { id: asked })
      if (!isCurrent) return
      setStanding(answer)
      if (answer.state === 'running') timer = window.setTimeout(() => follow(ask(asked)), pollMilliseconds)
    }
    const begin = async () => {
      const started = await engine.call(rowdiffMethods.start, { model, run_a: a, run_b: b })
      if (!isCurrent) return
      setId(started.id)
      await ask(started.id)
    }
    const follow = (work: Promise<void>) => {
      work.catch((cause: unknown) => {
        if (isCurrent) setError(reportOf(cause))
      })
    }
    follow(begin())
    return () => {
      isCurrent = false
      window.clearTimeout(timer)
    }
  }, [engine, model, a, b, turn])

  return {
    id,
    standing,
    error: error ?? (standing === null || standing.error === null ? null : reportOf(standing.error)),
    isCancelled,
    cancel() {
      if (id === null) return
      setCancelled(true)
      engine.call(rowdiffMethods.cancel, { id }).catch((cause: unknown) => setError(reportOf(cause)))
    },
    restart() {
      setId(null)
      setStanding(null)
      setError(null)
      setCancelled(false)
      setTurn(turn + 1)
    },
  }
}
