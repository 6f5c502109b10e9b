import { quarantineMethods } from '#features/quarantine'
import type { WorkspaceInfo } from '#features/workspace'
import { plural } from '../../lib/format.ts'
import { hrefTo, navigate, type Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Screen } from '../../ui/screen.tsx'
import type { Tone } from '../../ui/status-badge.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { CorrectionsTab } from './corrections-tab.tsx'
import { HistoryTab } from './history-tab.tsx'
import { RowDialogs } from './row-dialogs.tsx'
import { RowsTab } from './rows-tab.tsx'
import { RulesTab } from './rules-tab.tsx'
import { ScreenActions } from './screen-actions.tsx'
import './quarantine-screen.css'

const tabIds = ['rows', 'corrections', 'history', 'rules'] as const
type TabId = (typeof tabIds)[number]

/** What was held back and why, how it was mended, and what became of it. */
export function QuarantineScreen({ route, info }: { readonly route: Route; readonly info: WorkspaceInfo }) {
  const conflicts = useQuery(quarantineMethods.corrections, { status: ['conflict'], limit: 1 }, { keepPrevious: true })
  const rules = useQuery(quarantineMethods.rules, {}, { keepPrevious: true })
  const openId = tabIds.find((id) => id === route.name) ?? 'rows'

  return (
    <Screen
      title="Quarantine"
      facts={`${plural(info.counts.open_quarantine, 'row')} held back`}
      actions={<ScreenActions isPublished={info.published !== null} />}
    >
      <Tabs<TabId>
        label="Quarantine"
        openId={openId}
        onOpen={(id) => navigate(hrefTo('quarantine', id === 'rows' ? null : id))}
        tabs={[
          { id: 'rows', title: 'Rows', hasPanes: true, content: <RowsTab route={route} info={info} /> },
          {
            id: 'corrections',
            title: 'Corrections',
            badge: badge(conflicts.data?.conflicts, 'conflict', 'bad'),
            content: <CorrectionsTab route={route} />,
          },
          { id: 'history', title: 'History', content: <HistoryTab /> },
          {
            id: 'rules',
            title: 'Rules',
            badge: badge(rules.data?.offers.length, 'offer', 'info'),
            content: <RulesTab />,
          },
        ]}
      />
      <RowDialogs route={route} />
    </Screen>
  )
}

function badge(count: number | undefined, one: string, tone: Tone) {
  return count === undefined || count === 0 ? null : { count, meaning: plural(count, one), tone }
}
