import { ListChecks } from 'lucide-react'
import type { WorkspaceInfo } from '#features/workspace'
import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { Empty } from '../../ui/empty.tsx'
import { Screen } from '../../ui/screen.tsx'
import { CheckPage } from './check-page.tsx'
import { ChecksList, type ChecksTab } from './checks-list.tsx'

const tabs: readonly ChecksTab[] = ['checks', 'gates', 'unit']

interface ChecksScreenProps {
  readonly route: Route
  readonly info: WorkspaceInfo
}

/** The checks of a run, the published one unless the address names another; or one check, with the rows that failed it. */
export function ChecksScreen({ route, info }: ChecksScreenProps) {
  const asked = Number(route.query.get('run') ?? '')
  const runId = Number.isInteger(asked) && asked > 0 ? asked : undefined
  if (info.published === null && runId === undefined) return <NotYet />
  if (route.name !== null) return <CheckPage name={route.name} runId={runId} />
  return (
    <ChecksList
      runId={runId}
      tab={tabs.find((tab) => tab === route.query.get('tab')) ?? 'checks'}
      onTab={(tab) => navigate(hrefWith(route, { tab: tab === 'checks' ? null : tab }))}
    />
  )
}

function NotYet() {
  return (
    <Screen title="Checks">
      <Empty icon={<ListChecks />} title="No checks have run yet">
        <p>
          Every run checks its models before it is published; a failing check that blocks keeps the run from its
          readers. Run the pipeline first: press g, then r.
        </p>
      </Empty>
    </Screen>
  )
}
