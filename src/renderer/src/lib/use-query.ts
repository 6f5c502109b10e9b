import { useEffect, useState } from 'react'
import type { InputOf, Method, OutputOf } from '#protocol/method'
import { useEngine } from './engine.tsx'
import { reportOf, type ErrorReport } from './error-report.ts'
import { useWorkspaceVersion } from './workspace-version.ts'

export interface Query<Output> {
  /** Undefined until the first answer to this question. */
  readonly data: Output | undefined
  readonly error: ErrorReport | null
}

interface QueryOptions {
  /** Keep showing the answer to the last question until the next one's is there, so that nothing jumps. */
  readonly keepPrevious?: boolean
}

/** Asks the engine, and again whenever the question or the workspace changes. */
export function useQuery<M extends Method>(
  method: M,
  input: InputOf<M>,
  options: QueryOptions = {},
): Query<OutputOf<M>> {
  const engine = useEngine()
  const version = useWorkspaceVersion((state) => state.version)
  const question = JSON.stringify([method.name, input])
  const [answer, setAnswer] = useState<{ readonly question: string; readonly query: Query<OutputOf<M>> } | null>(null)

  useEffect(() => {
    let isCurrent = true
    const [, asked] = JSON.parse(question) as [string, InputOf<M>]
    engine.call(method, asked).then(
      (data) => {
        if (isCurrent) setAnswer({ question, query: { data, error: null } })
      },
      (error: unknown) => {
        if (!isCurrent) return
        // What was read before stays in sight beside the failure, as long as it answers the same question.
        setAnswer((last) => ({
          question,
          query: { data: last?.question === question ? last.query.data : undefined, error: reportOf(error) },
        }))
      },
    )
    return () => {
      isCurrent = false
    }
  }, [engine, method, question, version])

  if (answer === null) return { data: undefined, error: null }
  if (answer.question !== question && options.keepPrevious !== true) return { data: undefined, error: null }
  return answer.query
}
