import type { WorkspaceInfo } from '#features/workspace'
import type { Route } from '../../lib/route.ts'
import { RunPage } from './run-page.tsx'
import { RunsList } from './runs-list.tsx'

/** The runs: all of them, or the one that the address names. */
export function RunsScreen({ route, info }: { readonly route: Route; readonly info: WorkspaceInfo }) {
  const runId = Number(route.name)
  return route.name === null ? <RunsList info={info} /> : <RunPage key={runId} runId={runId} />
}
