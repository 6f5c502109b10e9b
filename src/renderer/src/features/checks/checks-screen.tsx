import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { CheckPage } from './check-page.tsx'
import { ChecksList, type ChecksTab } from './checks-list.tsx'

const tabs: readonly ChecksTab[] = ['checks', 'gates', 'unit']

/** The checks of a run, the published one unless the address names another; or one check, with the rows that failed it. */
export function ChecksScreen({ route }: { readonly route: Route }) {
  const asked = Number(route.query.get('run') ?? '')
  const runId = Number.isInteger(asked) && asked > 0 ? asked : undefined
  if (route.name !== null) return <CheckPage name={route.name} runId={runId} />
  return (
    <ChecksList
      runId={runId}
      tab={tabs.find((tab) => tab === route.query.get('tab')) ?? 'checks'}
      onTab={(tab) => navigate(hrefWith(route, { tab: tab === 'checks' ? null : tab }))}
    />
  )
}
