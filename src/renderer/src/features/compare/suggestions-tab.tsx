import { ListPlus, ListChecks } from 'lucide-react'
import { useState } from 'react'
import { compareMethods, type Suggestion } from '#features/compare'
import { useEngine } from '../../lib/engine.tsx'
import { hrefTo } from '../../lib/route.ts'
import { tell, tellError } from '../../lib/toasts.ts'
import { useQuery } from '../../lib/use-query.ts'
import { useWorkspaceVersion } from '../../lib/workspace-version.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

/** Checks that history suggests, each as the text that the project would get. */
export function SuggestionsTab() {
  const { data, error } = useQuery(compareMethods.suggestions, {}, { keepPrevious: true })
  if (data?.length === 0) {
    return (
      <Empty icon={<ListChecks />} title="No check is suggested">
        <p>
          Once a column has behaved alike in enough runs, a check that holds it to that is suggested here, unless the
          project has it already.
        </p>
      </Empty>
    )
  }
  return (
    <ScreenPage>
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && (
        <ul className="check-offers" aria-label="Suggested checks">
          {data.map((suggestion) => (
            <li key={suggestion.id}>
              <OneSuggestion suggestion={suggestion} />
            </li>
          ))}
        </ul>
      )}
    </ScreenPage>
  )
}

function OneSuggestion({ suggestion }: { readonly suggestion: Suggestion }) {
  const engine = useEngine()
  const bump = useWorkspaceVersion((state) => state.bump)
  const [isBusy, setBusy] = useState(false)
  const { id, model, column, because, yaml } = suggestion
  const place = column === null ? model : `${model}.${column}`
  const adopt = async () => {
    setBusy(true)
    try {
      const { path, line } = await engine.call(compareMethods.adopt, { id })
      tell(`The check stands in ${path}, line ${line}.`, { details: ['The next run checks it.'] })
      bump()
    } catch (cause) {
      tellError(cause)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="check-offer" aria-label={place}>
      <div className="check-offer-words">
        <h2>
          <a href={hrefTo('models', model)}>{model}</a>
          {column !== null && `.${column}`}
        </h2>
        <p>{asSentence(because)}</p>
        <pre>{yaml}</pre>
      </div>
      <Button icon={<ListPlus aria-hidden="true" />} disabled={isBusy} onClick={() => void adopt()}>
        Add to the project
      </Button>
    </section>
  )
}

function asSentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
}
