import {
  ChartColumn,
  CirclePlay,
  GitCompareArrows,
  ListChecks,
  type LucideIcon,
  Network,
  PackageSearch,
  Settings,
  ShieldAlert,
  Siren,
} from 'lucide-react'
import type { ComponentType } from 'react'
import type { WorkspaceInfo } from '#features/workspace'
import { ChecksScreen } from '../features/checks/checks-screen.tsx'
import { CompareScreen } from '../features/compare/compare-screen.tsx'
import { EnrichmentScreen } from '../features/enrichment/enrichment-screen.tsx'
import { IncidentScreen } from '../features/incident/incident-screen.tsx'
import { ModelsScreen } from '../features/models/models-screen.tsx'
import { QuarantineScreen } from '../features/quarantine/quarantine-screen.tsx'
import { ReportsScreen } from '../features/reports/reports-screen.tsx'
import { RunsScreen } from '../features/runs/runs-screen.tsx'
import { SettingsScreen } from '../features/settings/settings-screen.tsx'
import type { Route } from '../lib/route.ts'

export interface ScreenProps {
  readonly route: Route
  readonly info: WorkspaceInfo
}

interface ScreenEntry {
  readonly id: string
  readonly title: string
  readonly icon: LucideIcon
  /** Keys that go there; null where the palette must do. */
  readonly keys: string | null
  readonly Screen: ComponentType<ScreenProps>
  /** For a screen that is no link of the navigation: the command that goes there. */
  readonly command?: string
  /** The live number beside the link, and what it counts. */
  readonly count?: (counts: WorkspaceInfo['counts']) => { readonly count: number; readonly of: string }
}

/** Every screen of the workbench, in the order of the navigation: a new one is one line here. */
export const screens: readonly ScreenEntry[] = [
  { id: 'runs', title: 'Runs', icon: CirclePlay, keys: 'g r', Screen: RunsScreen, count: countRunning },
  { id: 'quarantine', title: 'Quarantine', icon: ShieldAlert, keys: 'g q', Screen: QuarantineScreen, count: countOpen },
  { id: 'models', title: 'Models', icon: Network, keys: 'g m', Screen: ModelsScreen },
  { id: 'compare', title: 'Compare', icon: GitCompareArrows, keys: 'g c', Screen: CompareScreen, count: countUnusual },
  { id: 'checks', title: 'Checks', icon: ListChecks, keys: 'g k', Screen: ChecksScreen },
  { id: 'enrichment', title: 'Enrichment', icon: PackageSearch, keys: 'g e', Screen: EnrichmentScreen },
  { id: 'reports', title: 'Reports', icon: ChartColumn, keys: 'g p', Screen: ReportsScreen },
  {
    id: 'incident',
    title: 'Incident',
    icon: Siren,
    keys: 'g i',
    Screen: IncidentScreen,
    command: 'Open the incident page: stop, profile, roll back, limit, release',
  },
  { id: 'settings', title: 'Settings', icon: Settings, keys: 'g s', Screen: SettingsScreen },
]

function countRunning(counts: WorkspaceInfo['counts']) {
  return { count: counts.running_runs, of: 'running now' }
}

function countOpen(counts: WorkspaceInfo['counts']) {
  return { count: counts.open_quarantine, of: 'rows held back' }
}

function countUnusual(counts: WorkspaceInfo['counts']) {
  return { count: counts.unusual_differences, of: 'unusual differences' }
}
