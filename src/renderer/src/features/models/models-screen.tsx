import type { Route } from '../../lib/route.ts'
import { ModelPage } from './model-page.tsx'
import { ModelsGraph } from './models-graph.tsx'

/** The models: the picture of all of them, or the one that the address names. */
export function ModelsScreen({ route }: { readonly route: Route }) {
  return route.name === null ? <ModelsGraph /> : <ModelPage key={route.name} name={route.name} route={route} />
}
