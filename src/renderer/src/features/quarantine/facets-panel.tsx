import type { OutputOf } from '#protocol/method'
import type { quarantineMethods, FacetValue } from '#features/quarantine'
import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { Facet, type FacetChoice } from '../../ui/facet.tsx'

type Facets = OutputOf<typeof quarantineMethods.facets>

const facetTitles = [
  { key: 'source', title: 'Source' },
  { key: 'reason', title: 'Reason' },
  { key: 'file', title: 'File' },
  { key: 'run', title: 'First seen in' },
] as const

/** The facets: values of one are alternatives, several facets add up; each counts under the others' filters. */
export function FacetsPanel({ route, facets }: { readonly route: Route; readonly facets: Facets }) {
  return facetTitles.map(({ key, title }) => (
    <Facet
      key={key}
      title={title}
      choices={facets[key].map((value) => choiceOf(key, value))}
      chosen={route.query.getAll(key)}
      onChange={(chosen) => navigate(hrefWith(route, { [key]: chosen, row: null }))}
    />
  ))
}

function choiceOf(key: string, { value, count }: FacetValue): FacetChoice {
  return { value, count, label: key === 'run' ? `Run ${value}` : value }
}
