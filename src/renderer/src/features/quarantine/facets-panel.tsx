import type { OutputOf } from '#protocol/method'
import { rowState, type quarantineMethods, type FacetValue } from '#features/quarantine'
import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { Facet, type FacetChoice } from '../../ui/facet.tsx'
import { stateWords } from './state-words.ts'

type Facets = OutputOf<typeof quarantineMethods.facets>

const facets = [
  { key: 'source', title: 'Source', isOpenAtFirst: true },
  { key: 'reason', title: 'Reason', isOpenAtFirst: true },
  { key: 'field', title: 'Field', isOpenAtFirst: false },
  { key: 'rule', title: 'Rule', isOpenAtFirst: false },
  { key: 'value', title: 'Value', isOpenAtFirst: false },
  { key: 'company', title: 'Company', isOpenAtFirst: false },
  { key: 'file', title: 'File', isOpenAtFirst: false },
  { key: 'run', title: 'First seen in', isOpenAtFirst: false },
  { key: 'age', title: 'Age', isOpenAtFirst: false },
] as const

/** The facets: values of one are alternatives, several facets add up; each counts under the others' filters. */
export function FacetsPanel({ route, counts }: { readonly route: Route; readonly counts: Facets }) {
  const set = (key: string, chosen: readonly string[]) => navigate(hrefWith(route, { [key]: chosen, row: null }))
  return (
    <>
      <Facet
        id="quarantine.state"
        title="State"
        isOpenAtFirst
        choices={stateChoices(counts)}
        chosen={[...route.query.getAll('state'), ...(route.query.has('waiting') ? [waitingChoice] : [])]}
        onChange={(chosen) =>
          navigate(
            hrefWith(route, {
              state: chosen.filter((value) => value !== waitingChoice),
              waiting: chosen.includes(waitingChoice) ? 'yes' : null,
              row: null,
            }),
          )
        }
      />
      {facets.map(({ key, title, isOpenAtFirst }) => (
        <Facet
          key={key}
          id={`quarantine.${key}`}
          title={title}
          isOpenAtFirst={isOpenAtFirst}
          choices={counts[key].map((value) => choiceOf(key, value))}
          chosen={route.query.getAll(key)}
          onChange={(chosen) => set(key, chosen)}
        />
      ))}
    </>
  )
}

/** Stands among the states, though rows of every state can wait. */
const waitingChoice = 'waiting'

/** Every state, also those without a row: the list does not jump when the first row comes to one. */
function stateChoices(counts: Facets): FacetChoice[] {
  const byState = new Map(counts.state.map(({ value, count }) => [value, count]))
  return [
    ...rowState.options.map((state) => ({ value: state, label: stateWords[state], count: byState.get(state) ?? 0 })),
    { value: waitingChoice, label: 'Waiting for a replay', count: counts.waiting },
  ]
}

function choiceOf(key: (typeof facets)[number]['key'], { value, count }: FacetValue): FacetChoice {
  return { value, count, label: key === 'run' ? `Run ${value}` : value === '' ? '(empty)' : value }
}
