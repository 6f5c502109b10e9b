import type { WorkspaceInfo } from '#features/workspace'
import { themeChoices, useTheme } from '../../lib/theme.ts'
import { formatCount, formatInstant } from '../../lib/format.ts'
import { Screen, ScreenPage, Section } from '../../ui/screen.tsx'
import './settings-screen.css'

const themeWords = {
  system: 'As the system has it',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
} as const

const hostWords = { desktop: 'desktop app', web: 'browser, served from this machine', cli: 'command line' } as const

/** How the workbench looks, and where this workspace and its project are. */
export function SettingsScreen({ info }: { readonly info: WorkspaceInfo }) {
  const { choice, choose } = useTheme()
  return (
    <Screen title="Settings">
      <ScreenPage>
        <Section title="Look">
          <fieldset className="theme-choice">
            <legend>Theme</legend>
            {themeChoices.map((theme) => (
              <label key={theme}>
                <input type="radio" name="theme" checked={choice === theme} onChange={() => choose(theme)} />
                {themeWords[theme]}
              </label>
            ))}
          </fieldset>
        </Section>
        <Section title="This workspace">
          <dl className="facts">
            <Fact name="Workspace" value={info.workspace.name} />
            <Fact name="Folder" value={info.workspace.folder} isPath />
            <Fact
              name="Published"
              value={
                info.published === null
                  ? 'nothing yet'
                  : `run ${info.published.run_id}, as of ${info.published.as_of}, at ${formatInstant(info.published.finished_at)}`
              }
            />
            <Fact name="Held back" value={`${formatCount(info.counts.open_quarantine)} rows`} />
            <Fact name="Opened in" value={hostWords[info.host.kind]} />
          </dl>
        </Section>
        <Section title="Project">
          <dl className="facts">
            <Fact name="Project" value={`${info.project.title} (${info.project.name})`} />
            <Fact name="Folder" value={info.project.folder} isPath />
          </dl>
        </Section>
      </ScreenPage>
    </Screen>
  )
}

function Fact({
  name,
  value,
  isPath = false,
}: {
  readonly name: string
  readonly value: string
  readonly isPath?: boolean
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isPath ? 'mono' : undefined}>{value}</dd>
    </div>
  )
}
